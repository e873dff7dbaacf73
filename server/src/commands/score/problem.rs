//! What is wrong with a file, each with its place.

use std::fmt;

/// Problems that are listed; more help nobody.
const MOST: usize = 20;

/// One line a problem.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Problems {
    listed: Vec<String>,
    count: usize,
}

impl Problems {
    pub(super) fn add(&mut self, problem: impl Into<String>) {
        self.count += 1;
        if self.listed.len() < MOST {
            self.listed.push(problem.into());
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// `value`, if nothing is wrong.
    pub(super) fn none<T>(self, value: T) -> Result<T, Self> {
        if self.count == 0 { Ok(value) } else { Err(self) }
    }
}

impl From<String> for Problems {
    fn from(problem: String) -> Self {
        let mut problems = Self::default();
        problems.add(problem);
        problems
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.listed.iter().map(|line| format!("  - {line}")).collect();
        f.write_str(&lines.join("\n"))?;
        match self.count - self.listed.len() {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

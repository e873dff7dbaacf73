//! The design system as a whole: its words, its colours, its markup, its rules.
#![expect(clippy::expect_used, clippy::panic, reason = "what fails in the set-up fails the test")]

mod catalogue;
mod contrast;
mod markup;
mod reasons;
mod rules;
mod source;
mod style;

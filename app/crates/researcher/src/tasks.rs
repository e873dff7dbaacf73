//! The tasks in the reader's words: names, labels and units of their own schemas.

use contract::task::{ParamInfo, TaskInfo};
use contract::{ApiError, Locale};
use platform::RequestCx;
use serde_json::{Map, Value};
use ui::{number, t};

/// Every task that there is, in the reader's language.
pub(crate) struct Tasks {
    locale: Locale,
    all: Vec<TaskInfo>,
}

impl Tasks {
    /// # Errors
    /// 403 for who is no member of staff.
    pub(crate) fn load(cx: &RequestCx) -> Result<Self, ApiError> {
        let mut all = measures::catalogue(&cx.actor, cx.locale)?;
        for param in all.iter_mut().flat_map(|task| &mut task.params) {
            param.unit = unit_word(cx.locale, &param.unit);
        }
        Ok(Self { locale: cx.locale, all })
    }

    /// For the builder, which runs in the browser and has no catalogue.
    pub(crate) fn into_all(self) -> Vec<TaskInfo> {
        self.all
    }

    /// The task's name; its id where this version does not know it any more.
    pub(crate) fn name(&self, id: &str) -> String {
        self.find(id).map_or_else(|| id.replace('_', " "), |task| task.name.clone())
    }

    fn find(&self, id: &str) -> Option<&TaskInfo> {
        self.all.iter().find(|task| task.id == id)
    }

    /// The parameters of a module by their labels, in the order of the task's own schema. What
    /// this version's task does not know stands last, as it is stored.
    pub(crate) fn params(&self, task: &str, given: &Map<String, Value>) -> Vec<(String, String)> {
        let known = self.find(task).map_or(&[][..], |task| &task.params);
        let labelled = known.iter().filter_map(|param| {
            let value = given.get(&param.name)?;
            Some((param.label.clone(), self.value(param, value)))
        });
        let others = given
            .iter()
            .filter(|(name, _)| known.iter().all(|param| param.name != **name))
            .map(|(name, value)| (name.replace('_', " "), plain(value)));
        labelled.chain(others).collect()
    }

    fn value(&self, param: &ParamInfo, value: &Value) -> String {
        let l = self.locale;
        match value {
            Value::Bool(on) => t(l, if *on { "yes" } else { "no" }),
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or(f64::NAN);
                let digits = if number.fract() == 0.0 { 0 } else { 2 };
                if param.unit.is_empty() {
                    number::decimal(l, number, digits)
                } else {
                    number::with_unit(l, number, digits, &param.unit)
                }
            }
            other => plain(other),
        }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// `trials` is a word; `ms` is the same in every language.
fn unit_word(l: Locale, unit: &str) -> String {
    ui::i18n::find(l, &["unit-", unit].concat()).unwrap_or_else(|| unit.to_owned())
}

//! Parameters of the digit span.

use crate::{
    params::{ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::spans::{self, Spans},
};

const WECHSLER: Option<&str> = Some("Wechsler 2008, WAIS-IV");

pub(super) const PARAMS: &[ParamSpec] = &spans::params([3, 2], [700, 300], true, WECHSLER);

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "children",
    name: words("Children", "Enfants"),
    meaning: words(
        "From 6 to 11 years: lists begin with two digits in both orders.",
        "De 6 à 11 ans : les listes commencent à deux chiffres dans les deux ordres.",
    ),
    source: "Wechsler 2003, WISC-IV",
    values: &[("start_forward", Value::Int(2)), ("start_backward", Value::Int(2))],
}];

pub(super) fn new(params: &Params) -> Spans {
    Spans::new(params)
}

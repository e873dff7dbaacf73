//! Parameters of the block span.

use crate::{
    params::{ParamSpec, Params, Value},
    spec::{Preset, words},
    tasks::spans::{self, Spans},
};

const KESSELS: Option<&str> = Some("Kessels et al. 2000");

pub(super) const PARAMS: &[ParamSpec] = &spans::params([2, 2], [500, 500], false, KESSELS);

pub(super) const PRESETS: &[Preset] = &[Preset {
    id: "both_directions",
    name: words("Forward and backward", "À l’endroit et à l’envers"),
    meaning: words(
        "Both orders, as in studies of visuospatial working memory.",
        "Les deux ordres, comme dans les études de la mémoire de travail visuospatiale.",
    ),
    source: "Kessels et al. 2008, Assessment 15:426–434",
    values: &[("backward", Value::Flag(true))],
}];

pub(super) fn new(params: &Params) -> Spans {
    Spans::new(params)
}

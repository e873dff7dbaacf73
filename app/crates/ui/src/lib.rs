#![doc = include_str!("../README.md")]
// Views are deep types
#![recursion_limit = "256"]
#![expect(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties, whether its markup moves them or not"
)]

pub mod button;
pub mod code;
pub mod field;
pub mod form;
pub mod icon;
pub mod islands;
pub mod locale;
pub mod logo;
pub mod notice;
pub mod server_error;
pub mod status;

#[cfg(feature = "ssr")]
pub mod chart;
#[cfg(feature = "ssr")]
pub mod datetime;
#[cfg(feature = "ssr")]
pub mod error_page;
#[cfg(feature = "ssr")]
pub mod facts;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod gallery;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod table;

pub use button::{Button, ButtonKind, LinkButton};
pub use code::Code;
pub use field::{Checkbox, Choice, Field, Hidden, Radios, Select, TextArea, TextInput, Width};
pub use icon::{Icon, IconName};
pub use islands::{
    ConfirmDialog, CopyButton, DensitySwitch, EnhancedForm, SearchShortcut, SessionWatch,
};
pub use islands::{CopyWords, DensityWords, SessionWords, use_ready};
pub use locale::{provide_locale, use_locale};
pub use logo::{Logo, LogoMark};
pub use notice::{Notice, Tone};
pub use server_error::ServerError;
pub use status::StatusTag;

#[cfg(feature = "ssr")]
pub use {
    datetime::Time,
    datetime::TimeStyle,
    error_page::{ErrorContent, ErrorPage},
    facts::{Fact, Facts, Figure, Figures, Section, Skeleton},
    form::{ErrorSummary, Form, FormWords},
    i18n::{error_text, field_text, t},
    page::{PageContext, provide_page, provide_status_setter, set_status, use_page},
    shell::{
        Crumb, NavGroup, NavLink, PageHeader, PatientPage, PatientShell, Progress, StaffShell,
        StudyChoice, Viewer,
    },
    table::{Column, DataTable, EmptyState, Filters, ListLinks, Row},
};

/// The view without its type, on the server: whole pages are deep, and the compiler's work grows
/// with the depth. In the browser types stay, so that only what is used is linked.
#[cfg(feature = "ssr")]
fn erased(view: impl leptos::prelude::IntoAny) -> leptos::prelude::AnyView {
    view.into_any()
}

#[cfg(not(feature = "ssr"))]
fn erased<V>(view: V) -> V {
    view
}

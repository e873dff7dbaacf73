//! Line icons, drawn for this product on a grid of 24 with strokes of 1.75.

use crate::erased;
use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident => $paths:literal,)*) => {
        /// An icon by what it means here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum IconName { $($(#[$doc])* $name,)* }
        impl IconName {
            /// Every icon, for the gallery.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, stringify!($name)),)*];
            const fn path(self) -> &'static str {
                match self { $(Self::$name => $paths,)* }
            }
        }
    };
}

icons! {
    /// What needs me today.
    Dashboard => "M4 5h7v6H4zM14 5h6v9h-6zM4 14h7v5H4zM14 17h6v2h-6z",
    Study => "M5 4h11l3 3v13H5zM9 9h6M9 13h6M9 17h4",
    Site => "M12 21s7-6.1 7-11a7 7 0 0 0-14 0c0 4.9 7 11 7 11zM9.5 10a2.5 2.5 0 1 0 5 0 2.5 2.5 0 0 0-5 0z",
    Participant => "M8.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0zM5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
    /// A battery: tasks stacked in order.
    Battery => "M4 8l8-4 8 4-8 4zM4 12l8 4 8-4M4 16l8 4 8-4",
    /// A session: a reaction time, from onset to response.
    Session => "M3 12h4l3-7 4 14 3-7h4",
    User => "M9 8a3 3 0 1 0 6 0 3 3 0 0 0-6 0zM12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6.5 18.5c1-2.6 3-4 5.5-4s4.5 1.4 5.5 4",
    Users => "M6 8.5a3 3 0 1 0 6 0 3 3 0 0 0-6 0zM3 19c.5-3.5 2.8-5 6-5s5.5 1.5 6 5M15 5.8a3 3 0 0 1 0 5.4M17.5 14.5c2 .7 3.2 2.2 3.5 4.5",
    Visit => "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
    Search => "M4.5 10.5a6 6 0 1 0 12 0 6 6 0 0 0-12 0zM15 15l5 5",
    Copy => "M9 9h10v11H9zM15 9V4H5v11h4",
    Check => "M5 12.5l4.5 4.5L19 7",
    Cross => "M6 6l12 12M18 6L6 18",
    Plus => "M12 5v14M5 12h14",
    ChevronDown => "M6 9.5l6 6 6-6",
    ChevronRight => "M9.5 6l6 6-6 6",
    ChevronLeft => "M14.5 6l-6 6 6 6",
    ArrowUp => "M12 19V5M6.5 10.5L12 5l5.5 5.5",
    ArrowDown => "M12 5v14M6.5 13.5L12 19l5.5-5.5",
    Sort => "M8 10l4-4 4 4M8 14l4 4 4-4",
    Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.01",
    Attention => "M12 4l9 16H3zM12 10v4.5M12 17.2v.01",
    Good => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.3l2.8 2.8L16 9.8",
    Bad => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16.2v.01",
    Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.3 2",
    Download => "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    Send => "M4 12l16-8-5 16-4-6.5zM11 13.5L20 4",
    Edit => "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
    SignOut => "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    Menu => "M4 7h16M4 12h16M4 17h16",
    Home => "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
    Help => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.3 9.5a2.7 2.7 0 1 1 4 2.3c-.9.5-1.3 1-1.3 2M12 16.9v.01",
    Settings => "M4 7h9M17 7h3M13 5v4M4 17h3M11 17h9M7 15v4M4 12h5M13 12h7M9.5 10v4",
    External => "M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9",
    Rows => "M4 6h16M4 10h16M4 14h16M4 18h16",
    Device => "M7 3h10v18H7zM11 17.5h2",
    Language => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3.5 9.5h17M3.5 14.5h17M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
}

/// One icon, in the colour of the text around it. Decoration: the words beside it carry the
/// meaning, so it is hidden from assistive technology.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    erased(view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none"
            stroke="currentColor" stroke-width="1.75" stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d=name.path()></path>
        </svg>
    })
}

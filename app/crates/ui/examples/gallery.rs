//! Writes the gallery as static pages: `cargo run -p ui --example gallery --features ssr -- FOLDER`.
//!
//! FOLDER then holds `staff.html`, `patient.html` and their French ones; put the built style sheet
//! beside them as `style.css`.

use contract::Locale;
use leptos::prelude::*;
use std::{path::PathBuf, sync::Arc};
use ui::{
    PageContext,
    gallery::{GalleryPage, GalleryPatient},
    provide_page,
};

fn page(locale: Locale, path: &str, view: impl FnOnce() -> AnyView) -> String {
    let now = "2026-11-20T13:05:00Z".parse().unwrap_or_default();
    let context = PageContext {
        locale,
        zone: chrono_tz::Tz::Europe__Paris,
        request_id: "0193-4c1e-77a0".into(),
        demo: true,
        path: path.into(),
        ..PageContext::at(now)
    };
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let body = owner.with(|| {
        provide_page(context);
        view().to_html()
    });
    let class = if path.ends_with("patient") { "patient" } else { "staff" };
    let tag = locale.tag();
    format!(
        "<!DOCTYPE html><html lang=\"{tag}\" class=\"{class}\"><head><meta charset=\"utf-8\">\
         <title>Gallery</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"style.css\"></head><body>{body}</body></html>"
    )
}

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    for (locale, suffix) in [(Locale::En, ""), (Locale::Fr, "-fr")] {
        let staff = page(locale, "/gallery", || view! { <GalleryPage/> }.into_any());
        let patient = page(locale, "/gallery/patient", || view! { <GalleryPatient/> }.into_any());
        std::fs::write(folder.join(format!("staff{suffix}.html")), staff)?;
        std::fs::write(folder.join(format!("patient{suffix}.html")), patient)?;
    }
    Ok(())
}

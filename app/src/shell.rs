//! The HTML document around every page.

use crate::App;
use crate::ssr::SiteFiles;
use contract::Locale;
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use platform::RequestCx;

/// The document, in the request's language, with the program of the portal that the address
/// belongs to: a participant's phone never loads the researchers' islands.
pub fn shell(files: &SiteFiles) -> impl IntoView + use<> {
    let cx = use_context::<RequestCx>();
    let locale = cx.as_ref().map_or(Locale::En, |cx| cx.locale);
    let is_patient = cx.as_ref().is_some_and(|cx| cx.path_and_query.starts_with("/portal"));
    let output_name = if is_patient { files.patient.clone() } else { files.researcher.clone() };
    let options = LeptosOptions::builder().output_name(output_name.to_string()).build();
    let css = files.css.to_string();
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() class=if is_patient { "patient" } else { "staff" }>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=css/>
                <link rel="icon" href="/public/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/public/manifest.webmanifest"/>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

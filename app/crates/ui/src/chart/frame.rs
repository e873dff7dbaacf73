//! What stands around every chart: finding, drawing, legend, table.

use super::axis::Canvas;
use crate::erased;
use crate::{i18n::t, locale::use_locale};
use leptos::prelude::*;

/// The numbers behind a chart.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// Heads; the first column names the row.
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// One entry of a legend: class of its colour and shape, and its name.
#[derive(Debug, Clone)]
pub struct LegendItem {
    pub series: usize,
    pub label: String,
    /// Stands for open marks of every series.
    pub open: bool,
}

/// A drawing and its size.
pub struct Picture {
    pub canvas: Canvas,
    pub content: AnyView,
}

/// The same drawing for a desk and for a phone: of one that shrinks, a phone shows labels that
/// nobody can read. The style sheet shows the one that fits.
pub struct Pictures {
    wide: Picture,
    narrow: Picture,
}

impl Pictures {
    /// Draws on both canvases; a drawing may change the height of its own.
    pub fn new(draw: impl Fn(Canvas) -> Picture) -> Self {
        Self { wide: draw(Canvas::WIDE), narrow: draw(Canvas::NARROW) }
    }
}

/// A figure with its caption, the drawing, a legend where there are several series, and the table
/// behind it.
#[component]
pub fn Frame(
    /// The finding, as a sentence: "Half of the responses came within 412 ms".
    title: String,
    numbers: Numbers,
    pictures: Pictures,
    #[prop(optional)] legend: Vec<LegendItem>,
    /// An id on the wide drawing, for downloads.
    #[prop(optional_no_strip)]
    id: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let drawing = |Picture { canvas, content }: Picture, id: Option<String>| {
        let width = if canvas.narrow { "chart-narrow" } else { "chart-wide" };
        let view_box = format!("0 0 {} {}", canvas.width, canvas.height);
        view! {
            <svg class=format!("chart-drawing {width}") id=id viewBox=view_box role="img" aria-label=title.clone()>
                {content}
            </svg>
        }
    };
    let (wide, narrow) = (drawing(pictures.wide, id), drawing(pictures.narrow, None));
    let entries = legend
        .into_iter()
        .map(|LegendItem { series, label, open }| {
            view! {
                <li class:legend-open=open>
                    <svg class="legend-mark" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">
                        {shape(7.0, 7.0, series, 5.0, open)}
                    </svg>
                    {label}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let legend = (entries.len() > 1).then(|| view! { <ul class="legend">{entries}</ul> });
    erased(view! {
        <figure class="chart">
            <figcaption class="chart-title">{title.clone()}</figcaption>
            {legend}
            {wide}
            {narrow}
            <details class="chart-data">
                <summary>{t(locale, "chart-table")}</summary>
                {table(title, numbers)}
            </details>
        </figure>
    })
}

fn table(caption: String, numbers: Numbers) -> impl IntoView {
    let heads = numbers
        .heads
        .into_iter()
        .enumerate()
        .map(|(index, head)| {
            view! { <th scope="col" class=(index > 0).then_some("numeric")>{head}</th> }
        })
        .collect_view();
    let rows = numbers
        .rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .enumerate()
                .map(|(index, cell)| {
                    if index == 0 {
                        view! { <th scope="row">{cell}</th> }.into_any()
                    } else {
                        view! { <td class="numeric">{cell}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    erased(view! {
        <div class="table-frame table-wide" role="region" tabindex="0" aria-label=caption.clone()>
            <table class="table">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

/// The mark of a series: circle, square, triangle or diamond, in its colour; open for what is set
/// apart, such as a wrong response.
#[must_use]
pub fn shape(x: f64, y: f64, series: usize, r: f64, open: bool) -> AnyView {
    use super::axis::place;
    let class = format!("mark series-{}{}", series % 4, if open { " mark-open" } else { "" });
    let path = match series % 4 {
        0 => {
            return view! { <circle class=class cx=place(x) cy=place(y) r=place(r)></circle> }
                .into_any();
        }
        1 => {
            let s = r * 0.9;
            format!("M{:.1} {:.1}h{:.1}v{:.1}h-{:.1}z", x - s, y - s, 2.0 * s, 2.0 * s, 2.0 * s)
        }
        2 => format!(
            "M{:.1} {:.1}L{:.1} {:.1}H{:.1}z",
            x,
            y - r * 1.1,
            x + r * 1.1,
            y + r * 0.9,
            x - r * 1.1
        ),
        _ => {
            let s = r * 1.2;
            format!("M{:.1} {:.1}l{s:.1} {s:.1}l-{s:.1} {s:.1}l-{s:.1} -{s:.1}z", x, y - s)
        }
    };
    view! { <path class=class d=path></path> }.into_any()
}

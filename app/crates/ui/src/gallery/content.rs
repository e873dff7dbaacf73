//! Figures, facts, notices, tags, icons, dialogs.

use crate::erased;
use crate::{
    Code, ConfirmDialog, CopyWords, Fact, Facts, Figure, Form, Icon, IconName, Notice, Section,
    Skeleton, StatusTag, TextInput, Time, Tone, button::ButtonKind, datetime::TimeStyle,
    page::use_page, use_locale,
};
use chrono::TimeDelta;
use leptos::prelude::*;

/// Key figures, quiet and loud.
#[component]
pub fn Figures() -> impl IntoView {
    erased(view! {
        <crate::Figures>
            <Figure label="Enrolled" value="18" note="of 24 planned" href="/gallery"/>
            <Figure label="Median reaction time" value="412" unit="ms" note="last 30 days, 46 sessions"/>
            <Figure label="Visits due in 7 days" value="5" note="2 at Lyon, 3 at Toronto"/>
            <Figure label="Overdue visits" value="2" note="oldest by 6 days" tone=Tone::Attention href="/gallery"/>
            <Figure label="Sessions not sent" value="1" note="since yesterday" tone=Tone::Bad href="/gallery"/>
        </crate::Figures>
    })
}

/// Words: facts, tags, notices, times.
#[component]
pub fn Words() -> impl IntoView {
    let locale = use_locale();
    let now = use_page().now;
    erased(view! {
        <div class="columns">
            <Section title="Participant P-0012" action=|| view! { <a href="/gallery">"Edit"</a> }>
                <Facts>
                    <Fact term="Code"><Code value="P-0012" copy=CopyWords::of(locale, "P-0012")/></Fact>
                    <Fact term="Status"><StatusTag tone=Tone::Good word="Enrolled"/></Fact>
                    <Fact term="Site">"Lyon (Europe/Paris)"</Fact>
                    <Fact term="Last seen"><Time at={now - TimeDelta::hours(3)} style=TimeStyle::Both/></Fact>
                    <Fact term="Next visit"><Time at={now + TimeDelta::hours(27)} style=TimeStyle::Words/></Fact>
                    <Fact term="Timing">"60.0 Hz, 2 of 310 frames late, onset known to within one frame"</Fact>
                </Facts>
                <div class="row">
                    <ConfirmDialog open="Withdraw".to_owned() title="Withdraw P-0012".to_owned() close="Keep in the study".to_owned() danger=true>
                        <p>"P-0012 leaves the study today. Planned visits are cancelled; everything recorded stays and is exported as before. You find this in the audit log."</p>
                        <Form action="/_fn/gallery" submit="Withdraw" kind=ButtonKind::Danger>
                            <TextInput name="reason" label="Why"/>
                            <TextInput name="confirm" label="Type P-0012 to go on" confirm="P-0012" verbatim=true/>
                        </Form>
                    </ConfirmDialog>
                </div>
            </Section>
            <Section title="Status words" lead="A word with a mark, the same everywhere.">
                <div class="row">
                    <StatusTag tone=Tone::Neutral word="Planned"/>
                    <StatusTag tone=Tone::Info word="Due"/>
                    <StatusTag tone=Tone::Attention word="Overdue"/>
                    <StatusTag tone=Tone::Bad word="Missed"/>
                    <StatusTag tone=Tone::Good word="Completed"/>
                </div>
                <Skeleton label="Loading"/>
            </Section>
            <div class="stack">
                <Notice tone=Tone::Info title="The schedule comes from REDCap">"Visits are read every 15 minutes."</Notice>
                <Notice tone=Tone::Good>"Session saved and re-scored."</Notice>
                <Notice tone=Tone::Attention title="Two visits are overdue"><a href="/gallery">"See which ones"</a></Notice>
                <Notice tone=Tone::Bad title="One session could not be sent">"It is kept here and sent again in 10 minutes."</Notice>
                <Notice>"Nothing was changed."</Notice>
            </div>
            <Section title="Icons">
                <div class="row">
                    {IconName::ALL.iter().map(|(name, _)| view! { <Icon name=*name/> }).collect_view()}
                </div>
            </Section>
        </div>
    })
}

//! The demonstration study: invented people and places, marked as such on screen.

use contract::permission::SystemRole;

/// The study's code.
pub(super) const STUDY_CODE: &str = "DEMO-AURORA";
pub(super) const STUDY_NAME: &str = "Aurora: attention after concussion (demonstration)";
pub(super) const STUDY_DESCRIPTION: &str = "An invented study with simulated participants. It shows every page with something on it; \
     nothing in it was measured on a person.";

/// Stands in the description until the demonstration is made whole.
pub(super) const STUDY_UNFINISHED: &str = "The demonstration is being set up.";

/// A member of staff of the demonstration.
pub(super) struct StaffMember {
    pub(super) role: SystemRole,
    pub(super) email: &'static str,
    pub(super) name: &'static str,
}

pub(super) const STAFF: [StaffMember; 4] = [
    StaffMember { role: SystemRole::Admin, email: "admin@demo.example", name: "Alex Morin" },
    StaffMember {
        role: SystemRole::Researcher,
        email: "researcher@demo.example",
        name: "Rosa Lindqvist",
    },
    StaffMember {
        role: SystemRole::Coordinator,
        email: "coordinator@demo.example",
        name: "Camille Okafor",
    },
    StaffMember { role: SystemRole::Viewer, email: "viewer@demo.example", name: "Victor Hale" },
];

/// A site of the demonstration.
pub(super) struct DemoSite {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) time_zone: &'static str,
}

pub(super) const SITES: [DemoSite; 2] = [
    DemoSite { code: "HFX", name: "Halifax Concussion Clinic", time_zone: "America/Halifax" },
    DemoSite { code: "LYO", name: "Centre de neurologie, Lyon", time_zone: "Europe/Paris" },
];

/// A planned visit: name, target day after enrolment, days before and after, battery.
pub(super) struct DemoVisit {
    pub(super) name: &'static str,
    pub(super) target_day: i32,
    pub(super) days_before: i32,
    pub(super) days_after: i32,
    pub(super) battery: &'static str,
}

pub(super) const FULL_BATTERY: &str = "Attention and speed";
pub(super) const SHORT_BATTERY: &str = "Speed check";

pub(super) const VISITS: [DemoVisit; 3] = [
    DemoVisit {
        name: "Baseline",
        target_day: 0,
        days_before: 0,
        days_after: 3,
        battery: FULL_BATTERY,
    },
    DemoVisit {
        name: "Week 4",
        target_day: 28,
        days_before: 5,
        days_after: 5,
        battery: SHORT_BATTERY,
    },
    DemoVisit {
        name: "Week 12",
        target_day: 84,
        days_before: 7,
        days_after: 10,
        battery: FULL_BATTERY,
    },
];

/// How a participant has fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Screened so many days ago, not enrolled.
    Screened { days_ago: i64 },
    /// Enrolled so many days ago and taking part.
    Enrolled { days_ago: i64 },
    /// As before, but never came to the second visit.
    MissedSecond { days_ago: i64 },
    /// As before, but left the first session half way.
    LeftFirst { days_ago: i64 },
    /// Did everything.
    Completed { days_ago: i64 },
    /// Enrolled, then withdrew so many days ago.
    Withdrawn { days_ago: i64, withdrew: i64 },
}

/// The twelve participants of each site, in the order of their codes.
pub(super) const FATES: [Fate; 12] = [
    Fate::Completed { days_ago: 112 },
    Fate::Completed { days_ago: 104 },
    Fate::MissedSecond { days_ago: 88 },
    Fate::Enrolled { days_ago: 81 },
    Fate::Enrolled { days_ago: 63 },
    Fate::Withdrawn { days_ago: 52, withdrew: 20 },
    Fate::Enrolled { days_ago: 41 },
    Fate::Enrolled { days_ago: 29 },
    Fate::LeftFirst { days_ago: 12 },
    Fate::Enrolled { days_ago: 1 },
    Fate::Screened { days_ago: 5 },
    Fate::Screened { days_ago: 2 },
];

/// Ages in the order of the codes: they shift and spread the simulated reaction times.
pub(super) const AGES: [f64; 12] =
    [19.0, 24.0, 67.0, 31.0, 45.0, 38.0, 52.0, 27.0, 71.0, 35.0, 22.0, 60.0];

/// Given and family names in the order of the codes, one list a site.
pub(super) const NAMES: [[(&str, &str); 12]; 2] = [
    [
        ("Ada", "Fraser"),
        ("Ben", "MacLeod"),
        ("Ivy", "Landry"),
        ("Tom", "Hennessey"),
        ("Maya", "Singh"),
        ("Owen", "Comeau"),
        ("Ruth", "Boudreau"),
        ("Noah", "Gallant"),
        ("Edith", "Cormier"),
        ("Liam", "Surette"),
        ("Zoe", "Marsh"),
        ("Hugh", "Kelly"),
    ],
    [
        ("Léa", "Fournier"),
        ("Hugo", "Perrin"),
        ("Odette", "Vidal"),
        ("Samir", "Benali"),
        ("Claire", "Rousset"),
        ("Marc", "Delorme"),
        ("Anaïs", "Bertin"),
        ("Yanis", "Morel"),
        ("Gisèle", "Chabert"),
        ("Théo", "Lacroix"),
        ("Inès", "Garnier"),
        ("Paul", "Aubert"),
    ],
];

//! The demonstration study: invented people and places, marked as such on screen.

use contract::permission::SystemRole;

/// The study's code.
pub const STUDY_CODE: &str = "DEMO-AURORA";
pub const STUDY_NAME: &str = "Aurora: attention after concussion (demonstration)";
pub const STUDY_DESCRIPTION: &str =
    "An invented study with simulated participants. It shows every page with something on it; \
     nothing in it was measured on a person.";

/// A member of staff of the demonstration.
pub struct StaffMember {
    pub role: SystemRole,
    pub email: &'static str,
    pub name: &'static str,
}

pub const STAFF: [StaffMember; 4] = [
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
pub struct DemoSite {
    pub code: &'static str,
    pub name: &'static str,
    pub time_zone: &'static str,
}

pub const SITES: [DemoSite; 2] = [
    DemoSite { code: "HFX", name: "Halifax Concussion Clinic", time_zone: "America/Halifax" },
    DemoSite { code: "LYO", name: "Centre de neurologie, Lyon", time_zone: "Europe/Paris" },
];

/// A planned visit of the demonstration: name, target day after enrolment, days before and after.
pub const VISITS: [(&str, i32, i32, i32); 3] =
    [("Baseline", 0, 0, 3), ("Week 4", 28, 5, 5), ("Week 12", 84, 7, 10)];

/// Participants a site; each status occurs at both sites.
pub const PARTICIPANTS_A_SITE: u32 = 12;

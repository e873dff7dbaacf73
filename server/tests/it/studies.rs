//! `/api/studies` with sites and members, over HTTP.

use crate::app::{App, Client};
use contract::permission::SystemRole;
use serde_json::{Value, json};

async fn make_study(who: &Client<'_>, code: &str) -> String {
    let new = json!({ "code": code, "name": format!("Study {code}"), "time_zone": "Europe/Paris" });
    let made = who.post("/api/studies", &new).await;
    assert_eq!(made.code(), 201, "{made:?}");
    made.header("location").unwrap().to_owned()
}

#[tokio::test]
async fn a_coordinator_sets_up_a_study_with_sites() {
    let app = App::new().await;
    let ada = app.staff("ada@example.org", SystemRole::Coordinator).await;
    let study = make_study(&ada, "NEURO-1").await;
    let seen = ada.get(&study).await;
    assert_eq!(seen.code(), 200, "{seen:?}");
    assert_eq!(seen.json["status"], "draft");
    assert_eq!(seen.json["my_role"], "owner");
    assert_eq!(seen.json["languages"], json!(["en"]));
    let taken = ada.post("/api/studies", &json!({ "code": "neuro-1", "name": "Again" })).await;
    assert_eq!((taken.code(), taken.reason()), (409, "study_code_taken"));

    let sites = format!("{study}/sites");
    let paris = ada.post(&sites, &json!({ "code": "PAR", "name": "Paris" })).await;
    assert_eq!((paris.code(), &paris.json["time_zone"]), (201, &json!("Europe/Paris")));
    let toronto = json!({ "code": "TOR", "name": "Toronto", "time_zone": "America/Toronto" });
    let toronto = ada.post(&sites, &toronto).await;
    assert_eq!(toronto.code(), 201);
    let mars = json!({ "code": "MRS", "name": "Mars", "time_zone": "Mars/Olympus" });
    let mars = ada.post(&sites, &mars).await;
    assert_eq!((mars.code(), mars.fields()), (422, vec!["time_zone"]));
    let address = toronto.header("location").unwrap();
    let renamed = ada.patch(address, &json!({ "name": "Toronto General" })).await;
    assert_eq!((renamed.code(), &renamed.json["name"]), (200, &json!("Toronto General")));
    assert_eq!(ada.get(address).await.json, renamed.json);
    let list = ada.get(&sites).await;
    let codes: Vec<&Value> = list.json.as_array().unwrap().iter().map(|s| &s["code"]).collect();
    assert_eq!(codes, ["PAR", "TOR"]);

    let active = ada.post(&format!("{study}/status"), &json!({ "status": "active" })).await;
    assert_eq!((active.code(), &active.json["status"]), (200, &json!("active")));
    let back = ada.post(&format!("{study}/status"), &json!({ "status": "draft" })).await;
    assert_eq!((back.code(), back.reason()), (409, "study_status"));
    let changed = ada.patch(&study, &json!({ "name": "Sleep", "languages": ["en", "fr"] })).await;
    assert_eq!((changed.code(), &changed.json["name"]), (200, &json!("Sleep")));
    assert_eq!(changed.json["sites"], 2);
}

#[tokio::test]
async fn the_list_of_studies_is_paged_as_every_list_is() {
    let app = App::new().await;
    let ada = app.staff("ada@example.org", SystemRole::Researcher).await;
    for code in ["A-1", "B-2", "C-3"] {
        make_study(&ada, code).await;
    }
    let page = ada.get("/api/studies?sort=code&order=desc&per_page=2").await;
    assert_eq!(page.code(), 200, "{page:?}");
    let codes: Vec<&Value> =
        page.json["data"].as_array().unwrap().iter().map(|s| &s["code"]).collect();
    assert_eq!(codes, ["C-3", "B-2"]);
    assert_eq!(
        page.json["pagination"],
        json!({ "page": 1, "per_page": 2, "total": 3, "total_pages": 2, "has_next": true,
                "has_prev": false })
    );
    for (query, field) in [
        ("sort=colour", "sort"),
        ("status=asleep", "status"),
        ("page=0", "page"),
        ("per_page=1000", "per_page"),
    ] {
        let refused = ada.get(&format!("/api/studies?{query}")).await;
        assert_eq!((refused.code(), refused.fields()), (422, vec![field]), "{query}");
    }
    for query in ["page=x", "order=sideways", "per_page=-1"] {
        assert_eq!(ada.get(&format!("/api/studies?{query}")).await.code(), 422, "{query}");
    }
}

#[tokio::test]
async fn members_come_and_go() {
    let app = App::new().await;
    let owner = app.staff("owner@example.org", SystemRole::Researcher).await;
    let ben = app.staff("ben@example.org", SystemRole::Coordinator).await;
    let study = make_study(&owner, "ONE").await;
    let members = format!("{study}/members");
    assert_eq!(ben.get(&study).await.code(), 404, "not his yet");

    let added =
        owner.post(&members, &json!({ "email": "ben@example.org", "role": "coordinator" })).await;
    assert_eq!(added.code(), 201, "{added:?}");
    assert_eq!(ben.get(&study).await.code(), 200);
    let user = added.json["user_id"].as_str().unwrap();
    let address = format!("{members}/{user}");
    let refused = ben.patch(&address, &json!({ "role": "owner" })).await;
    assert_eq!(refused.code(), 403);
    let changed = owner.patch(&address, &json!({ "role": "viewer" })).await;
    assert_eq!((changed.code(), &changed.json["role"]), (200, &json!("viewer")));
    assert_eq!(ben.patch(&study, &json!({ "name": "X" })).await.code(), 403);
    assert_eq!(owner.get(&members).await.json.as_array().unwrap().len(), 2);
    assert_eq!(owner.delete(&address).await.code(), 204);
    assert_eq!(ben.get(&study).await.code(), 404);
    let me = owner.get("/api/auth/me").await.json["user"]["id"].clone();
    let last = owner.delete(&format!("{members}/{}", me.as_str().unwrap())).await;
    assert_eq!((last.code(), last.reason()), (409, "last_owner"));
}

#[tokio::test]
async fn foreign_and_unknown_studies_look_the_same() {
    let app = App::new().await;
    let owner = app.staff("owner@example.org", SystemRole::Researcher).await;
    let eve = app.staff("eve@example.org", SystemRole::Researcher).await;
    let study = make_study(&owner, "ONE").await;
    let foreign = eve.get(&study).await;
    let unknown = eve.get("/api/studies/0199aaaa-0000-7000-8000-000000000000").await;
    assert_eq!((foreign.code(), &foreign.json), (404, &unknown.json));
    assert_eq!(eve.get("/api/studies/no-id").await.code(), 404);
    assert_eq!(eve.patch(&study, &json!({ "name": "mine" })).await.code(), 404);
    assert_eq!(eve.get(&format!("{study}/sites")).await.code(), 404);
    assert_eq!(eve.get(&format!("{study}/members")).await.code(), 404);
    let site = json!({ "code": "X", "name": "X" });
    assert_eq!(eve.post(&format!("{study}/sites"), &site).await.code(), 404);
    assert_eq!(app.nobody().get(&study).await.code(), 401);
    let viewer = app.staff("viewer@example.org", SystemRole::Viewer).await;
    let refused = viewer.post("/api/studies", &json!({ "code": "V", "name": "V" })).await;
    assert_eq!((refused.code(), refused.reason()), (403, "not_allowed"));
}

//! Commands that change one image or one instance: their JSON documents, their exit statuses, and the calls that
//! reached the cloud.

use serde_json::{Value, json};

use crate::{
    cli::{Desk, Ran},
    emulator_client::ACME,
};

const GZ: &str = "ap-guangzhou";

/// Parses the JSON document on stdout, ignoring stderr.
pub fn document(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"))
}

/// Replaces what differs between runs: request ids, and the day of a share.
fn settled(mut document: Value) -> Value {
    for call in document["calls"].as_array_mut().unwrap() {
        if call["request_id"].is_string() {
            call["request_id"] = json!("id");
        }
    }
    document
}

fn call(action: &str, id: bool) -> Value {
    json!({ "action": action, "region": GZ, "outcome": "ok", "request_id": id.then_some("id") })
}

/// Returns the calls that could have changed something.
pub async fn writes(desk: &Desk) -> Vec<String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = format!("{}/_emulator/calls", desk.cloud.endpoint);
    let http = crate::http();
    let calls = http.get(url).send().await.unwrap().text().await.unwrap();
    let calls: Value = serde_json::from_str(&calls).unwrap();
    calls
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["request"]["DryRun"] != true)
        .map(|c| c["action"].as_str().unwrap().to_owned())
        .filter(|a| !a.starts_with("Describe") && !a.starts_with("Get"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_image_is_deleted_only_if_its_shares_can_be_cancelled() {
    let desk = Desk::new(&[]).await;
    let golden = desk.image(GZ, "golden-web-7").await;
    let blocked = desk.run(ACME, &format!("delete {golden} --yes -o json")).await;
    assert_eq!((blocked.status, &document(&blocked)["state"]), (Some(3), &json!("blocked")));
    assert_eq!(document(&blocked)["verdict"]["reasons"][0]["code"], "delete.shared");
    assert_eq!(
        document(&blocked)["error"],
        json!({
            "code": "delete.shared",
            "text": "golden-web-7 is shared with 3 accounts; cancel all shares first.",
            "request_id": null,
            "fix": "cancel all shares, then delete"
        })
    );
    for said in ["[delete.shared]", "--cancel-shares"] {
        assert!(blocked.err.contains(said), "{}", blocked.err);
    }

    let planned = desk.run(ACME, &format!("delete {golden} --cancel-shares --dry-run -o json")).await;
    assert_eq!((planned.status, &planned.json()["state"]), (Some(0), &json!("planned")));
    assert_eq!(writes(&desk).await, [""; 0]);

    let done = desk.run(ACME, &format!("delete {golden} --cancel-shares --yes -o json")).await;
    assert_eq!(
        settled(done.json()),
        json!({
            "action": "delete",
            "state": "done",
            "target": { "id": golden, "name": "golden-web-7", "region": GZ },
            "made": null,
            "image": null,
            "instance": null,
            "unshared": ["100000000003", "100000000004", "100000000105"],
            "verdict": planned.json()["verdict"],
            "calls": [
                call("DescribeImageSharePermission", false),
                call("ModifyImageSharePermission", true),
                call("DescribeImageSharePermission", false),
                call("DeleteImages", true),
            ],
            "error": null
        })
    );
    let codes = |what: &str| -> Vec<String> {
        let all = planned.json()["verdict"][what].as_array().unwrap().clone();
        all.iter().map(|n| n["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes("acknowledge"), ["unshare.foreign", "unshare.lives-on", "delete.type-name"]);
    assert_eq!(codes("notes"), ["delete.instances", "delete.snapshots"]);
    let again = desk.run(ACME, &format!("delete {golden} --yes -o json")).await;
    assert_eq!((again.status, &document(&again)["state"]), (Some(4), &json!("unknown")));
    let error = &document(&again)["error"];
    assert_eq!(
        (&error["code"], &error["text"]),
        (&json!("unknown"), &json!(format!("not known: image {golden}")))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partial_deletion_exits_with_five() {
    let desk = Desk::new(&["DeleteImages*=error:InternalError"]).await;
    let golden = desk.image(GZ, "golden-web-7").await;
    let half = desk.run(ACME, &format!("delete {golden} --cancel-shares --yes -o json")).await;
    let got = document(&half);
    assert_eq!((half.status, &got["state"]), (Some(5), &json!("partial")));
    assert_eq!(got["unshared"].as_array().unwrap().len(), 3);
    assert_eq!(got["error"]["code"], "InternalError");
    let id = got["error"]["request_id"].as_str().unwrap();
    assert!(half.err.contains(id) && half.err.contains("cancelled the shares"), "{}", half.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_renamed_and_read_back() {
    let desk = Desk::new(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let line = format!("rename {base} --name base-24 --yes -o json");
    let done = settled(desk.run(ACME, &line).await.json());
    let image = json!({
        "id": base, "name": "base-24", "description": done["image"]["description"], "region": GZ,
        "state": "NORMAL", "kind": "own", "size_gib": 20, "os": "Ubuntu Server 24.04 LTS 64bit",
        "arch": "x86_64", "created_at": done["image"]["created_at"], "creator": ACME,
        "sync_percent": null, "share_count": null
    });
    assert_eq!(
        done,
        json!({
            "action": "rename",
            "state": "done",
            "target": { "id": base, "name": "base-ubuntu-24", "region": GZ },
            "made": null,
            "image": image,
            "instance": null,
            "unshared": [],
            "verdict": { "action": "rename", "verdict": "allowed", "reasons": [], "notes": [],
                         "acknowledge": [], "missing": [] },
            "calls": [call("ModifyImageAttribute", true), call("DescribeImages", false)],
            "error": null
        })
    );
    let taken = desk.run(ACME, &format!("rename {base} --name golden-web-7 --yes")).await;
    assert_eq!((taken.status, taken.out.as_str()), (Some(3), ""));
    assert!(taken.err.contains("[rename.name-taken]"), "{}", taken.err);
    let table = desk.run(ACME, &format!("rename {base} --description x --yes")).await;
    assert_eq!((table.status, table.err.as_str()), (Some(0), ""));
    assert!(table.out.starts_with("NAME     ID            REGION        STATE"), "{}", table.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_are_launched_reinstalled_and_captured() {
    let desk = Desk::new(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let launch = format!("launch {base} --zone ap-guangzhou-3 --type S5.MEDIUM4 --name web-9");
    let planned = desk.run(ACME, &format!("{launch} --dry-run -o json")).await.json();
    assert_eq!((&planned["state"], &planned["instance"]), (&json!("planned"), &Value::Null));
    assert_eq!(
        planned["calls"],
        json!([{ "action": "RunInstances", "region": GZ, "outcome": "ok", "request_id": null }])
    );
    assert_eq!(writes(&desk).await, [""; 0]);
    let done = desk.run(ACME, &format!("{launch} --yes -o json")).await.json();
    let made = &done["instance"];
    assert_eq!(done["made"], made["id"]);
    assert_eq!(
        (&done["state"], &made["name"], &made["zone"], &made["image"]),
        (&json!("done"), &json!("web-9"), &json!("ap-guangzhou-3"), &json!(base))
    );
    let kind = |kind: &str| format!("launch {base} --zone ap-guangzhou-3 --type {kind} --dry-run -o json");
    let sold = desk.run(ACME, &kind("X1.HUGE")).await;
    let got = document(&sold);
    assert_eq!((sold.status, &got["error"]["code"]), (Some(3), &json!("launch.type")));
    // Only the cloud checks that the processor of the instance type fits the image.
    let unfit = desk.run(ACME, &kind("SR1.MEDIUM4")).await;
    let got = document(&unfit);
    assert_eq!((unfit.status, &got["state"]), (Some(1), &json!("failed")));
    assert_eq!(got["calls"][0]["outcome"], got["error"]["code"]);

    let instances = desk.run(ACME, "list instances -o json").await.json();
    let running =
        instances.as_array().unwrap().iter().find(|i| i["state"] == "RUNNING" && i["region"] == GZ).unwrap();
    let id = running["id"].as_str().unwrap();
    let captured = desk.run(ACME, &format!("capture {id} --name kept-1 --yes -o json")).await.json();
    assert_eq!(
        (&captured["target"]["id"], &captured["image"]["name"], &captured["image"]["region"]),
        (&json!(id), &json!("kept-1"), &json!(GZ))
    );
    let wiped = desk.run(ACME, &format!("reinstall {id} --image {base} --yes -o json")).await.json();
    assert_eq!(
        (&wiped["state"], &wiped["instance"]["id"], &wiped["instance"]["image"]),
        (&json!("done"), &json!(id), &json!(base))
    );
    assert_eq!(wiped["verdict"]["acknowledge"][0]["code"], "reinstall.wipes");
    let busy = desk.run(ACME, &format!("reinstall {id} --image {base} --yes -o json")).await;
    assert_eq!(
        (busy.status, &document(&busy)["verdict"]["reasons"][0]["code"]),
        (Some(3), &json!("reinstall.state"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_changes_without_a_yes_or_when_read_only() {
    let desk = Desk::new(&[]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let running = desk.run(ACME, "list instances --region ap-guangzhou -o json").await.json();
    let machine = running.as_array().unwrap().iter().find(|i| i["state"] == "RUNNING").unwrap()["id"].clone();
    let machine = machine.as_str().unwrap();
    for line in [
        format!("delete {base}"),
        format!("rename {base} --name x"),
        format!("launch {base} --zone ap-guangzhou-3 --type S5.MEDIUM4"),
        format!("reinstall {machine} --image {base}"),
        format!("capture {machine} --name x"),
    ] {
        let refused = desk.run(ACME, &format!("{line} -o json")).await;
        let error = &document(&refused)["error"];
        assert_eq!((refused.status, &error["code"]), (Some(2), &json!("usage")), "{line}");
        assert!(error["text"].as_str().unwrap().ends_with(": needs confirmation, but there is no terminal"));
        assert!(error["fix"].as_str().unwrap().starts_with("Add --yes"), "{line}: {error}");
        assert!(refused.err.contains("Add --yes"), "{line}: {}", refused.err);
        let blocked = desk.run(ACME, &format!("{line} --yes --read-only -o json")).await;
        assert_eq!(blocked.status, Some(3), "{line}");
        assert_eq!(document(&blocked)["verdict"]["reasons"][0]["code"], "mode.read-only", "{line}");
    }
    for line in [format!("reinstall ins-00000000 --image {base}"), "capture ins-00000000 --name x".to_owned()]
    {
        let unknown = desk.run(ACME, &format!("{line} --yes -o json")).await;
        assert_eq!((unknown.status, &document(&unknown)["state"]), (Some(4), &json!("unknown")), "{line}");
    }
    assert_eq!(writes(&desk).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_the_cloud_are_shown_to_scripts_and_users() {
    let desk = Desk::new(&["ModifyImageAttribute#1=error:InvalidImageName.Duplicate"]).await;
    let base = desk.image(GZ, "base-ubuntu-24").await;
    let refused = desk.run(ACME, &format!("rename {base} --name x --yes -o json")).await;
    let got = document(&refused);
    assert_eq!((refused.status, &got["state"]), (Some(1), &json!("failed")));
    let error = got["error"].as_object().unwrap();
    assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "fix", "request_id", "text"]);
    assert_eq!(error["code"], "InvalidImageName.Duplicate");
    for said in [error["text"].as_str(), error["fix"].as_str(), error["request_id"].as_str()] {
        assert!(refused.err.contains(said.unwrap()), "{said:?}: {}", refused.err);
    }
    let mut command = desk.program(ACME);
    command.env("TENCENTCLOUD_SECRET_KEY", "hush-hush");
    command.args(["delete", &base, "--yes", "-o", "json"]);
    let wrong = crate::cli::ran(command).await;
    assert_eq!(
        (wrong.status, &document(&wrong)["error"]["code"]),
        (Some(6), &json!("AuthFailure.SignatureFailure"))
    );
    let csv = desk.run(ACME, &format!("delete {base} --yes -o csv")).await;
    assert_eq!(
        csv.out,
        format!(
            "action,state,id,name,region,image,instance,error,request_id\ndelete,done,{base},base-ubuntu-24,{GZ},,,,\n"
        )
    );
}

/// Without credentials, every command that needs the cloud reports the same error.
#[tokio::test(flavor = "multi_thread")]
async fn without_credentials_every_command_exits_with_six() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(
        home.path().join("wanted.toml"),
        "[[images]]\nimage = \"web\"\nregions = [\"ap-tokyo\"]\n",
    )
    .unwrap();
    for line in [
        "list images",
        "list quota",
        "check delete img-6pb6lrmy",
        "share img-6pb6lrmy --with 100000000002 --yes",
        "copy img-6pb6lrmy --to ap-tokyo --yes",
        "unshare img-6pb6lrmy --all --yes",
        "delete img-6pb6lrmy --yes",
        "rename img-6pb6lrmy --name x --yes",
        "launch img-6pb6lrmy --zone ap-tokyo-1 --type S5.MEDIUM4 --yes",
        "reinstall ins-6pb6lrmy --image img-6pb6lrmy --yes",
        "capture ins-6pb6lrmy --name x --yes",
        "plan wanted.toml",
        "apply wanted.toml --yes",
    ] {
        let mut command = crate::cli::program(home.path());
        command.current_dir(home.path()).args(line.split(' ')).args(["-o", "json"]);
        let got = crate::cli::ran(command).await;
        assert_eq!(
            (got.status, &document(&got)["error"]["code"]),
            (Some(6), &json!("credentials")),
            "{line}"
        );
        assert!(got.err.contains("TENCENTCLOUD_SECRET_ID"), "{line}: {}", got.err);
    }
}

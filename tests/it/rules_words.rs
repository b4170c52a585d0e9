//! The messages of every case.

use cvmshare::{
    i18n::{checklist, plain, receiver_text, remedy, request_text, sentence, short, state},
    messages::Lang,
    model::{ImageState, Session},
    rules::{Args, Code, Reason, Remedy, Verdict, check},
};
use unicode_width::UnicodeWidthStr;

use crate::{rules_cases::cases, rules_world::*};

const BOTH: [Lang; 2] = [Lang::EN, Lang::ZH];

/// Returns everything that the cases make the rules say.
fn said() -> Vec<(Code, Args, Option<Remedy>)> {
    let mut all = Vec::new();
    for case in cases() {
        let Verdict { reasons, notes, acknowledge, .. } = check(&case.action, &case.facts);
        all.extend(reasons.into_iter().map(|Reason { code, args, remedy }| (code, args, Some(remedy))));
        all.extend(notes.into_iter().chain(acknowledge).map(|n| (n.code, n.args, None)));
    }
    // A refusal of the cloud has no figures.
    all.extend(Code::ALL.iter().map(|c| (*c, Args::new(), None)));
    all
}

#[test]
fn every_code_has_complete_sentences_in_both_languages() {
    for (code, args, _) in said() {
        for lang in BOTH {
            let text = sentence(code, &args, lang);
            assert!(!text.contains(['{', '}']), "{code} {lang:?}: {text}");
            assert_ne!(text, code.as_str());
            match lang {
                Lang::EN => {
                    assert!(text.ends_with(['.', '?']), "{code}: {text}");
                    assert!(
                        text.is_ascii() || args.values().any(|v| !v.to_string().is_ascii()),
                        "{code}: {text}"
                    );
                }
                _ => {
                    assert!(text.ends_with(['。', '？']), "{code}: {text}");
                    assert!(text.chars().any(|c| ('一'..='鿿').contains(&c)), "{code}: {text}");
                }
            }
            assert!(!text.contains(['!', '！']), "{code}: {text}");
        }
    }
}

#[test]
fn the_short_form_fits_one_line_of_the_pane() {
    for (code, args, _) in said() {
        for lang in BOTH {
            let text = short(code, &args, lang);
            assert!(!text.is_empty() && !text.contains(['{', '}']), "{code}: {text}");
            assert!(text.width() <= 68, "{code}: {} columns: {text}", text.width());
            assert!(!text.ends_with(['.', '。']), "{code}: {text}");
            assert!(
                !text.starts_with(|c: char| c.is_ascii_uppercase())
                    || args
                        .values()
                        .any(|v| v.as_str().or(v[0].as_str()).is_some_and(|v| text.starts_with(v))),
                "{code}: {text}"
            );
        }
    }
}

#[test]
fn every_reason_names_a_fix() {
    for (code, _, way) in said() {
        let Some(way) = way else { continue };
        for lang in BOTH {
            let text = remedy(&way, code, lang);
            assert!(!text.is_empty() && !text.contains(['{', '}']), "{code} {way:?}: {text}");
        }
    }
}

#[test]
fn sentences_contain_their_figures() {
    let say = |action, facts| {
        let verdict = check(&action, &facts);
        let reason = &verdict.reasons[0];
        BOTH.map(|lang| {
            [
                sentence(reason.code, &reason.args, lang),
                short(reason.code, &reason.args, lang),
                remedy(&reason.remedy, reason.code, lang),
            ]
        })
    };
    let full = world(|f| f.set_shares(img(FREE), shares(49)));
    assert_eq!(
        say(share_with(FREE, &[BOREALIS, QUAY, "100000000009"]), full),
        [
            [
                "With 3 new, 52 accounts would have it; an image can be shared with 50 accounts.",
                "3 more: 52 of 50 accounts",
                "remove some receivers, cancel shares that are no longer needed, or use the newer docs' limit of 500 \
                 (--rules current, or rules = \"current\" in the profile)",
            ],
            [
                "再加 3 个就是 52 个账号，而一个镜像最多共享给 50 个账号。",
                "再加 3 个将达 52 个，上限 50 个",
                "减少接收方，先取消不再需要的共享，或采用较新文档的上限 500（--rules current，或在配置里写 rules = \"current\"）",
            ],
        ]
    );
    assert_eq!(
        say(delete(SHARED), world(|_| {})),
        [
            [
                "golden-shared is shared with 3 accounts; cancel all shares first.",
                "shared with 3 accounts; cancel all shares first",
                "cancel all shares, then delete",
            ],
            [
                "golden-shared 还共享给 3 个账号，请先取消全部共享。",
                "还共享给 3 个账号，请先全部取消",
                "取消全部共享，再删除",
            ],
        ]
    );
    assert_eq!(
        say(share_with(RECEIVED, &[]), world(|_| {}))[0][1],
        "only its owner, Quay Labs, can share it"
    );
    assert_eq!(
        say(launch(FREE, Some(SH)), world(|_| {}))[0],
        [
            "golden is in ap-guangzhou, but you chose ap-shanghai; an image can be launched only in its own region.",
            "image is in ap-guangzhou, you chose ap-shanghai; copy it there first",
            "copy it to ap-shanghai, then launch the copy",
        ]
    );
    let one = world(|f| f.set_shares(img(SHARED), shares(1)));
    assert_eq!(say(delete(SHARED), one)[0][1], "shared with 1 account; cancel all shares first");
    let expired = world(|f| f.standing.session = Session::Expired);
    assert_eq!(say(delete(FREE), expired)[0][2], "sign in again, or use another profile");
}

#[test]
fn hostile_names_in_messages_are_neutralised() {
    let facts = world(|f| {
        f.accounts.insert(uin(QUAY), "Quay\u{1b}]0;x\u{7} \u{202e}sbaL".into());
        edit(f, RECEIVED, |i| i.name = "base\u{1b}[2J\r\nimage".into());
    });
    for action in [
        share_with(RECEIVED, &[]),
        copy(RECEIVED, &[]),
        delete(RECEIVED),
        rename(RECEIVED, None, None),
        launch(RECEIVED, None),
    ] {
        let verdict = check(&action, &facts);
        let said = verdict.reasons.iter().map(|r| (r.code, &r.args));
        for (code, args) in said.chain(verdict.acknowledge.iter().map(|n| (n.code, &n.args))) {
            for lang in BOTH {
                for text in [sentence(code, args, lang), short(code, args, lang)] {
                    assert_eq!(plain(&text), text);
                }
            }
        }
        let image = facts.image(&img(RECEIVED)).unwrap();
        for lang in BOTH {
            let text = request_text(&action, image, lang);
            assert!(text.contains("base^[[2J^M^Jimage") && text.contains(RECEIVED), "{text}");
            assert!(text.lines().all(|l| plain(l) == l), "{text:?}");
        }
    }
}

#[test]
fn texts_for_others_name_region_image_and_owner() {
    let places = [(reg(GZ), img(FREE)), (reg(SH), img("img-copy0000"))];
    for lang in BOTH {
        let text = receiver_text(&places, "golden", &uin(ME), lang);
        for part in ["golden", ME, GZ, FREE, SH, "img-copy0000"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(checklist(lang).len(), 4);
        let facts = world(|_| {});
        let image = facts.image(&img(RECEIVED)).unwrap();
        let text = request_text(&share_with(RECEIVED, &[BOREALIS]), image, lang);
        for part in ["quay-base", RECEIVED, GZ, BOREALIS] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let text = request_text(&launch(RECEIVED, Some(SH)), image, lang);
        assert!(text.contains(SH), "{text}");
    }
}

#[test]
fn known_states_are_translated_and_unknown_ones_shown() {
    assert_eq!(state(&ImageState::Normal, Lang::EN), "ready");
    assert_eq!(state(&ImageState::Syncing, Lang::ZH), "复制中");
    assert_eq!(state(&ImageState::Other("A\u{1b}B".into()), Lang::EN), "A^[B");
}

//! Driving a job to its end in a command, or watching whoever drives it; what ends the command leaves the job whole.

use std::{
    collections::BTreeMap,
    io::{BufRead, IsTerminal},
    pin::pin,
    time::Duration,
};

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};
use tokio_util::sync::CancellationToken;

use crate::{
    cloud::Client,
    commands::{progress::Progress, say},
    i18n::{
        self,
        lang::{Lang, tell},
    },
    jobs::{
        self, Clients, CopyPoller, ExitReason, Job, JobCommand, Journal, WorkerExit, follow,
        journal::StoredJob,
    },
    model::Uin,
    rules::{Action, Code},
    session::{
        error::{Exit, Fault},
        setup::Setup,
    },
};

/// How often a job in the background looks for new credentials, and how often before it leaves the job to others.
const LOOKS_FOR_KEYS: (Duration, u32) = (Duration::from_secs(20), 360);

/// What drives jobs here.
pub(crate) struct Desk<'a> {
    pub setup: &'a Setup,
    pub journal: &'a Journal,
    /// Several jobs keep to the documented rates together.
    pub own: Client,
    /// And look for their copies together.
    poller: CopyPoller,
    /// Nobody can be asked, and there is time.
    background: bool,
}

impl<'a> Desk<'a> {
    /// A desk for jobs of the setup's profile.
    pub(crate) fn new(setup: &'a Setup, journal: &'a Journal, background: bool) -> Result<Self, Fault> {
        let own = setup.client(setup.profile(), None)?;
        Ok(Self { setup, journal, own, poller: CopyPoller::default(), background })
    }
}

/// The setup with the profile of a job, unless another one was named.
pub(super) async fn setup_for(kept: &StoredJob, setup: &Setup) -> Result<Setup, Fault> {
    let profile = &kept.job.profile;
    let known = setup.profiles.iter().any(|p| p.name == *profile);
    if setup.flags.profile.is_some() || setup.profile().name == *profile || !known {
        return Ok(setup.clone());
    }
    setup.clone().with_profile(profile)?.started().await
}

/// How a job came to its end here.
pub(crate) struct Driven {
    /// The job as it stands.
    pub job: Job,
    /// The command's exit status, where it was ended before the job.
    pub early: Option<Exit>,
}

/// Checks that a job of the journal may go on here, and takes it to its end.
pub(super) async fn resume(
    kept: &StoredJob,
    first: Option<JobCommand>,
    desk: &Desk<'_>,
) -> Result<Driven, Fault> {
    allowed(kept, desk).await?;
    drive(&kept.job, first, desk).await
}

/// Checks that a job of the journal may go on here: its cloud is asked, by its account, and changes are allowed.
pub(super) async fn allowed(kept: &StoredJob, desk: &Desk<'_>) -> Result<(), Fault> {
    let facts = desk.setup.facts(desk.setup.profile());
    let action = Action::Distribute { image: kept.job.image.clone(), with: Vec::new(), regions: Vec::new() };
    if let Some(reason) = facts.verdict(&action).reasons.iter().find(|r| r.code == Code::ModeReadOnly) {
        return Err(Fault::Blocked(i18n::sentence(reason.code, &reason.args, desk.setup.lang)));
    }
    its_account(kept, desk).await.map(drop)
}

/// Checks that the cloud of a job is asked, and by its account, which is returned: nobody else may go on with a job.
pub(super) async fn its_account(kept: &StoredJob, desk: &Desk<'_>) -> Result<Uin, Fault> {
    let (job, setup) = (&kept.job, desk.setup);
    if !setup.asks_cloud_of(kept.endpoint.as_deref(), setup.profile()) {
        return Err(Fault::Usage(match &kept.endpoint {
            Some(endpoint) => format!("job {} runs on {endpoint}; add --endpoint {endpoint}", job.id),
            None => format!("job {} runs on the vendor's cloud; leave --endpoint out", job.id),
        })
        .zh(match &kept.endpoint {
            Some(endpoint) => format!("任务 {} 运行在 {endpoint}；请加上 --endpoint {endpoint}", job.id),
            None => format!("任务 {} 运行在厂商的云上；请去掉 --endpoint", job.id),
        }));
    }
    let caller = desk.own.caller().await?;
    match &job.account {
        Some(account) if *account != caller.account => Err(Fault::Usage(format!(
            "job {} is account {account}'s, and these credentials are {}'s; choose its profile with --profile {}",
            job.id, caller.account, job.profile
        ))
        .zh(format!(
            "任务 {} 属于账号 {account}，而当前凭证属于 {}；请用 --profile {} 选择其配置",
            job.id, caller.account, job.profile
        ))),
        _ => Ok(caller.account),
    }
}

/// Takes a job to its end.
pub(super) async fn drive(
    job: &Job,
    mut first: Option<JobCommand>,
    desk: &Desk<'_>,
) -> Result<Driven, Fault> {
    let setup = desk.setup;
    let mut progress = Progress::new(setup.lang);
    let mut looked = 0;
    loop {
        let own = match looked {
            0 => desk.own.clone(),
            // After a sign-in credentials are looked for anew.
            _ => setup.client(setup.profile(), None)?,
        };
        let clients = Clients { receivers: receivers(job, setup).await, own, poller: desk.poller.clone() };
        // With nobody at its other end, so that a pause comes back here.
        let (tell, mut commands) = unbounded_channel();
        first.take().into_iter().for_each(|command| drop(tell.send(command)));
        drop(tell);
        let (left, early) = until_ended(job, clients, &mut commands, desk, &mut progress).await?;
        match (&left.reason, early) {
            (ExitReason::Journal(why), _) => {
                return Err(Fault::Failed(format!("{why}; nothing more was sent"))
                    .zh(format!("{why}；此后没有再发送请求")));
            }
            (ExitReason::Unreachable, None) => {
                let (id, why) = (&job.id, left.job.paused.as_ref().map_or("", |p| p.text.as_str()));
                let why = i18n::ours(why, setup.lang);
                say(&tell!(
                    setup.lang,
                    "job {id}: {why}; go on with: cvmshare jobs resume {id}",
                    "任务 {id}：{why}；继续请运行：cvmshare jobs resume {id}"
                ));
                return Ok(Driven { job: left.job, early: Some(Exit::Failed) });
            }
            (_, Some(early)) => return Ok(Driven { job: left.job, early: Some(early) }),
            (ExitReason::Paused, None) => {
                let why = left.job.paused.as_ref().map_or("", |p| p.code.as_str()).to_owned();
                let id = &job.id;
                say(&tell!(
                    setup.lang,
                    "job {id} waits for a sign-in ({why})",
                    "任务 {id} 正在等待重新登录（{why}）"
                ));
                looked += 1;
                if !signed_in(desk.background, looked, setup.lang).await {
                    say(&tell!(
                        setup.lang,
                        "sign in, then go on with: cvmshare jobs resume {id}",
                        "请登录，然后继续：cvmshare jobs resume {id}"
                    ));
                    return Ok(Driven { job: left.job, early: Some(Exit::Credentials) });
                }
            }
            _ => return Ok(Driven { job: left.job, early: None }),
        }
    }
}

/// Whether it is worth trying again: a person says so, or in the background time does.
async fn signed_in(background: bool, looked: u32, lang: Lang) -> bool {
    if background {
        tokio::time::sleep(LOOKS_FOR_KEYS.0).await;
        return looked < LOOKS_FOR_KEYS.1;
    }
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        say(lang.of(
            "sign in elsewhere, then press Enter; Ctrl-C leaves the job for later",
            "请在别处登录，然后按 Enter；按 Ctrl-C 则稍后再继续该任务",
        ));
        let read = tokio::task::spawn_blocking(|| std::io::stdin().lock().read_line(&mut String::new()));
        return matches!(read.await, Ok(Ok(n)) if n > 0);
    }
    false
}

/// Follows a job until it ends, or until a signal ends the command.
async fn until_ended(
    job: &Job,
    clients: Clients,
    commands: &mut UnboundedReceiver<JobCommand>,
    desk: &Desk<'_>,
    progress: &mut Progress,
) -> Result<(WorkerExit, Option<Exit>), Fault> {
    let setup = desk.setup;
    let stop = CancellationToken::new();
    let show = |job: &Job, holder: Option<&jobs::journal::Holder>| progress.show(job, holder);
    let mut following =
        pin!(follow(desk.journal, &job.id, clients, setup.pace(&job.profile), commands, stop.clone(), show));
    let listen = |kind| {
        signal(kind).map_err(|e| {
            Fault::Failed(format!("signals cannot be heard: {e}")).zh(format!("无法接收信号：{e}"))
        })
    };
    let (mut hangup, mut interrupt, mut terminate) =
        (listen(SignalKind::hangup())?, listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let mut early = None;
    let left = loop {
        let status = tokio::select! {
            left = &mut following => break left,
            _ = hangup.recv() => Exit::Hangup,
            _ = interrupt.recv() => Exit::Interrupted,
            _ = terminate.recv() => Exit::Terminated,
        };
        if desk.background && status == Exit::Hangup {
            continue;
        }
        let elsewhere = journal_holder(desk.journal, &job.id).await;
        if early.is_none() {
            early = Some(status);
            let (lang, id) = (setup.lang, &job.id);
            say(&match status {
                _ if elsewhere.is_some() => {
                    let pid = elsewhere.unwrap_or_default();
                    tell!(lang, "job {id} goes on in process {pid}", "任务 {id} 在进程 {pid} 中继续")
                }
                Exit::Hangup => match setup.hand_over(id, setup.profile()) {
                    Ok(()) => tell!(lang, "job {id} goes on in the background", "任务 {id} 在后台继续"),
                    Err(why) => tell!(lang, "job {id} stays as it is: {why}", "任务 {id} 保持现状：{why}"),
                },
                _ if setup.ends_with_us(setup.profile()) => tell!(
                    lang,
                    "job {id} ends here: its cloud is inside of this program",
                    "任务 {id} 到此结束：其所在的内置云就在本程序之中"
                ),
                _ => tell!(
                    lang,
                    "job {id} stays as it is; go on with: cvmshare jobs resume {id}",
                    "任务 {id} 保持现状；继续请运行：cvmshare jobs resume {id}"
                ),
            });
        }
        stop.cancel();
    };
    let left = left?.ok_or_else(|| {
        Fault::Failed(format!("there is no job {} any more", job.id)).zh(format!("任务 {} 已不存在", job.id))
    })?;
    Ok((left, early))
}

/// The other process that drives a job.
async fn journal_holder(journal: &Journal, id: &str) -> Option<u32> {
    let holder = journal.job(id).await.ok().flatten()?.holder?;
    (holder.pid != std::process::id()).then_some(holder.pid)
}

/// The clients of a job's receivers, as far as a profile of ours is one of them.
async fn receivers(job: &Job, setup: &Setup) -> BTreeMap<Uin, Client> {
    let mut receivers = BTreeMap::new();
    for profile in setup.profiles.iter().filter(|p| p.name != setup.profile().name) {
        if let Ok(client) = setup.client(profile, None)
            && let Ok(caller) = client.caller().await
            && job.edges.iter().any(|e| e.account == caller.account)
        {
            receivers.insert(caller.account, client);
        }
    }
    receivers
}

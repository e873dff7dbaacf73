//! From the open page to the first task.

use crate::{
    dom,
    driver::{Driver, Parts},
    finish,
    flow::{Happening, Way},
    js,
    launch::{self, Launched},
    play::{self, Live, Slot},
    runtime::{
        calibrate, clock::Clock, focus::Focus, frames, input::Input, long_tasks, markers::Markers,
        post::Post,
    },
    sync::keeper::Keeper,
    views::{
        landing::{self, Landing},
        notice,
        page::Page,
        stage::Stage,
    },
    words::{Problem, Words, browser_locale},
};
use contract::task::{Interruption, Micros};
use run_outbox::{Signal, Store, queue};
use std::{cell::RefCell, rc::Rc};
use task_engine::{Input as Told, Runner, spec::Group, tasks::Tasks};
use web_sys::{Document, Element, Window};

/// The page and what every part of it needs.
pub(crate) struct Shell {
    pub window: Window,
    pub document: Document,
    pub flow: Signal<Happening>,
    pub page: Page,
}

/// Runs the whole program; whatever stops it is said on the page.
pub(crate) async fn run(tasks: Tasks) {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let Some(root) = document.get_element_by_id("app") else { return };
    let flow = Signal::new();
    let page = Page::new(document.clone(), root, flow.clone());
    let mut shell = Shell { window, document, flow, page };
    let mut locale = browser_locale(&shell.window);
    set_language(&shell, locale.tag());
    let ended = start(&mut shell, &mut locale, tasks).await;
    for leftover in [".stage", ".marks"] {
        if let Some(element) = shell.document.query_selector(leftover).ok().flatten() {
            element.remove();
        }
    }
    let problem = match ended {
        Ok(None) => return,
        Ok(Some(group)) => {
            // Without its help the page says that reloading it goes on
            let _ = js::load(group.word());
            return;
        }
        Err(problem) => problem,
    };
    let _ = notice::show(&mut shell.page, problem, locale);
    loop {
        let happening = shell.flow.wait().await;
        if let Happening::Button { page, way: Way::Main } = happening
            && shell.page.is_current(page)
        {
            // A reload is the one new beginning that leaves nothing half done behind.
            let _ = shell.window.location().reload();
        }
    }
}

fn set_language(shell: &Shell, tag: &str) {
    if let Some(root) = shell.document.document_element() {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Runs what this program has the tasks of. Gives the program that has to go on, if there is one.
async fn start(
    shell: &mut Shell,
    locale: &mut contract::Locale,
    tasks: Tasks,
) -> Result<Option<Group>, Problem> {
    let clock = Clock::new(&shell.window).ok_or(Problem::Browser)?;
    let store = Rc::new(Store::open().await.map_err(|_| Problem::Storage)?);
    let Some(id) = launch::id(&shell.window) else {
        send_waiting(shell, &store, None);
        return Err(Problem::NoRun);
    };
    let Launched { run, mut config, items, chain, held } =
        launch::find(&shell.window, &store, &id).await?;
    *locale = config.locale;
    set_language(shell, config.locale.tag());
    let session = run.session_id.to_string();
    send_waiting(shell, &store, Some(session.clone()));
    let run = Rc::new(RefCell::new(run));
    if run.borrow().closing.is_some() {
        let words = Words::new(config.locale, std::mem::take(&mut config.strings));
        finish::deliver(shell, &store, &run, &config, &words).await;
        held.release();
        return Ok(None);
    }
    let runner =
        Runner::resume_with(&config, &items, tasks).map_err(|error| launch::run_error(&error))?;
    drop(items);
    if let Some(group) = runner.elsewhere() {
        held.release();
        return Ok(Some(group));
    }
    // Fetched now, while there is a network
    for name in runner.others().into_iter().map(Group::word).chain(["scores"]) {
        let _ = js::warm(name);
    }
    let words = Words::new(config.locale, std::mem::take(&mut config.strings));
    calibrate::ask_to_persist(&shell.window).await;

    let body: Element = shell.document.body().ok_or(Problem::Browser)?.into();
    let stage = Stage::new(&shell.document, &body).ok_or(Problem::Browser)?;
    let marks = dom::element(&shell.document, "div", "marks").ok_or(Problem::Browser)?;
    let _ = marks.set_attribute("aria-hidden", "true");
    dom::append(&body, &[&marks]);
    let mut markers = Markers::new(&shell.document, &marks);

    let (landing, bar) = if chain.last_seq() == 0 {
        let landing = Landing::show(&mut shell.page, &config, &words);
        let bar = landing.as_ref().map(|landing| landing.bar.clone());
        (landing, bar)
    } else {
        (None, landing::show_again(&mut shell.page, &words))
    };
    let bar = bar.as_ref();
    let check = calibrate::check(&shell.window, &shell.document, &clock, &mut markers, bar).await;
    if let Some(landing) = landing {
        let _ = landing.ready(&shell.page, &check, &words);
        play::wait_for_main(shell).await;
        play::settle_screen(shell).await;
    }

    let live = Live {
        store,
        run,
        config,
        words,
        keep: Signal::new(),
        tail: Rc::default(),
        slot: Slot::default(),
        check,
    };
    let parts = Parts {
        input: Input::new(&shell.window, &clock, ask_for_pause(&live.slot)),
        clock,
        document: shell.document.clone(),
        runner,
        stage,
        markers,
        flow: shell.flow.clone(),
        keep: live.keep.clone(),
        refresh: live.check.refresh,
        clock_step_us: live.check.clock_step_us,
        element_timing: live.check.element_timing,
    };
    *live.slot.borrow_mut() = Some(Driver::new(parts));
    let _focus = connect(shell, &live).ok_or(Problem::Browser)?;
    let slot = live.slot.clone();
    let flow = shell.flow.clone();
    let keeper = Keeper {
        window: shell.window.clone(),
        store: Rc::clone(&live.store),
        session,
        mail: live.keep.clone(),
        tail: Rc::clone(&live.tail),
        stored: move |seq| play::with(&slot, |driver| driver.tell(Told::Stored { seq })),
        failed: move || flow.send(Happening::NotStored),
    };
    wasm_bindgen_futures::spawn_local(keeper.run(chain));
    let ended = play::run(shell, &live).await;
    if matches!(ended, Ok(Some(_))) {
        // Frames and events are the next program's from here on
        live.slot.borrow_mut().take();
    }
    held.release();
    ended
}

/// Sends, in the background, what waits here from other runs.
fn send_waiting(shell: &Shell, store: &Rc<Store>, but: Option<String>) {
    let (window, store) = (shell.window.clone(), Rc::clone(store));
    wasm_bindgen_futures::spawn_local(async move {
        queue::send_waiting(&window, &store, but.as_deref(), |_| ()).await;
    });
}

/// The Escape key asks for a pause; from there it is one press to the way out.
fn ask_for_pause(slot: &Slot) -> impl Fn() + 'static {
    let slot = slot.clone();
    move || play::with(&slot, |driver| driver.interrupt(Interruption::Asked))
}

/// Connects the browser's callbacks to the driver.
fn connect(shell: &Shell, live: &Live) -> Option<Focus> {
    let slot = live.slot.clone();
    let post = Post::new(move || play::with(&slot, super::driver::Driver::after_paint)).ok()?;
    play::with(&live.slot, |driver| driver.set_post(post));

    let slot = live.slot.clone();
    frames::run(&shell.window, move |stamp| match slot.try_borrow_mut() {
        Ok(mut driver) => driver.as_mut().is_some_and(|driver| driver.frame(stamp)),
        Err(_) => true,
    })
    .ok()?;

    let slot = live.slot.clone();
    long_tasks::watch(move |ms| {
        let duration = Micros::from_ms(ms);
        play::with(&slot, |driver| driver.tell(Told::LongTask { duration }));
    });

    let (slot, last_words) = (live.slot.clone(), live.last_words(&shell.window));
    let lost = move |why| {
        play::with(&slot, |driver| driver.interrupt(why));
        if why == Interruption::PageHide {
            last_words();
        }
    };
    Some(Focus::new(&shell.window, &shell.document, lost))
}

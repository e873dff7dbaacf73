//! The run itself: pages and blocks, as the engine asks for them.

use crate::{
    boot::Shell,
    driver::Driver,
    finish,
    flow::{Happening, Way},
    runtime::{calibrate::Check, focus::Size, preload, wait},
    sync::keeper::{Keep, Tail},
    views::{stage, task_page},
    words::{Problem, Words},
};
use contract::{run_store::RunRow, task::RunConfig};
use run_outbox::{Signal, Store, api::Post, queue};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use task_engine::{Input as Told, spec::Group};
use web_sys::Window;

/// The driver, once there is one; callbacks of the browser share it.
#[derive(Clone, Default)]
pub(crate) struct Slot(Rc<RefCell<Option<Driver>>>);

impl std::ops::Deref for Slot {
    type Target = RefCell<Option<Driver>>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Does something with the driver. Callbacks of the browser never nest, so it is always free.
pub(crate) fn with(slot: &Slot, act: impl FnOnce(&mut Driver)) {
    if let Ok(mut slot) = slot.try_borrow_mut()
        && let Some(driver) = slot.as_mut()
    {
        act(driver);
    }
}

/// Everything of a run that is going on.
pub(crate) struct Live {
    pub store: Rc<Store>,
    pub run: Rc<RefCell<RunRow>>,
    pub config: RunConfig,
    pub words: Words,
    pub keep: Signal<Keep>,
    pub tail: Rc<RefCell<Tail>>,
    pub slot: Slot,
    pub check: Check,
}

impl Live {
    /// Hands the newest items to the browser when the page goes away, to be sent without us.
    pub(crate) fn last_words(&self, window: &Window) -> impl Fn() + 'static {
        let (run, tail, window) = (Rc::clone(&self.run), Rc::clone(&self.tail), window.clone());
        move || {
            let run = run.borrow();
            let Some(body) = tail.borrow().batch(run.acknowledged) else { return };
            let session = run.session_id.to_string();
            let path = ["/api/session/", &session, "/events"].concat();
            let post = Post {
                path: &path,
                body: &body,
                upload_key: Some(&run.upload_key),
                session: Some(&session),
                keepalive: true,
            };
            // Nobody is left to hear the answer.
            drop(post.start(&window));
        }
    }

    /// Sends what the server lacks, in the background, unless that is going on already.
    fn upload(&self, window: &Window, busy: &Rc<Cell<bool>>) {
        if busy.replace(true) {
            return;
        }
        let (window, store) = (window.clone(), Rc::clone(&self.store));
        let (run, tail, busy) = (Rc::clone(&self.run), Rc::clone(&self.tail), Rc::clone(busy));
        let stored = self.flush();
        wasm_bindgen_futures::spawn_local(async move {
            stored.await;
            // Whatever could not be sent is sent with the next page, or at the end.
            let _ = queue::send_items(&window, &store, &run).await;
            tail.borrow_mut().acknowledge(run.borrow().acknowledged);
            busy.set(false);
        });
    }

    /// Waits until everything that was handed on is stored.
    pub(crate) fn flush(&self) -> impl Future<Output = ()> + use<> {
        let done = Signal::new();
        self.keep.send(Keep::Flush(done.clone()));
        async move { done.wait().await }
    }
}

/// Waits for the main button of the page that is shown.
pub(crate) async fn wait_for_main(shell: &Shell) {
    loop {
        if let Happening::Button { page, way: Way::Main } = shell.flow.wait().await
            && shell.page.is_current(page)
        {
            return;
        }
    }
}

/// Asks for the whole screen and waits until the window has its final size.
pub(crate) async fn settle_screen(shell: &Shell) {
    stage::fill_screen(&shell.document).await;
    let mut size = Size::of(&shell.window);
    let mut steady = 0;
    for _ in 0..90 {
        wait::frame(&shell.window).await;
        let new = Size::of(&shell.window);
        steady = if new == size { steady + 1 } else { 0 };
        size = new;
        if steady >= 6 {
            break;
        }
    }
}

/// Runs the tasks until they are done, or the next one is that of another program.
pub(crate) async fn run(shell: &mut Shell, live: &Live) -> Result<Option<Group>, Problem> {
    let busy = Rc::new(Cell::new(false));
    guard_way_back(&shell.window);
    with(&live.slot, Driver::begin);
    loop {
        match shell.flow.wait().await {
            Happening::Screen(screen) => {
                let return_to = &live.config.return_to;
                let _ = task_page::show(&mut shell.page, &screen, &live.words, return_to);
                live.upload(&shell.window, &busy);
                report(shell, live);
            }
            Happening::Button { page, way } if shell.page.is_current(page) => match way {
                Way::Main => {
                    shell.page.hide();
                    settle_screen(shell).await;
                    guard_way_back(&shell.window);
                    with(&live.slot, |driver| driver.tell(Told::Continue));
                }
                Way::Out => with(&live.slot, |driver| driver.tell(Told::Leave)),
            },
            Happening::Button { .. } => {}
            Happening::Prepare { markers } => {
                prepare(shell, live, markers).await;
            }
            Happening::Left => stage::leave_screen(&shell.document),
            Happening::Completed => {
                stage::leave_screen(&shell.document);
                live.flush().await;
                report(shell, live);
                finish::complete(shell, live).await?;
                return Ok(None);
            }
            Happening::Hand(group) => {
                live.flush().await;
                return Ok(Some(group));
            }
            Happening::NotStored => {
                stage::leave_screen(&shell.document);
                return Err(Problem::Storage);
            }
        }
    }
}

/// Draws a block and starts it, unless something else happened meanwhile.
async fn prepare(shell: &mut Shell, live: &Live, markers: u32) {
    shell.page.hide();
    with(&live.slot, |driver| driver.prepare(markers));
    preload::settle(&shell.window, &shell.document).await;
    if !shell.flow.is_waiting() {
        with(&live.slot, Driver::start);
    }
}

/// Makes the browser's way back a question to us first, so that it pauses the task.
fn guard_way_back(window: &Window) {
    if let Ok(history) = window.history() {
        let guarded = history.state().is_ok_and(|state| !state.is_null());
        if !guarded {
            // Without the guard the way back leaves the page; nothing is lost by that.
            let _ = history.push_state(&wasm_bindgen::JsValue::TRUE, "");
        }
    }
}

/// Numbers for tests of the program, on the root element; see `runtime::heap`.
fn report(shell: &Shell, live: &Live) {
    if cfg!(feature = "count-allocations")
        && let Some(root) = shell.document.document_element()
        && let Some(driver) = live.slot.borrow().as_ref()
    {
        let _ =
            root.set_attribute("data-frame-allocations", &driver.frame_allocations().to_string());
    }
}

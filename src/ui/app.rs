//! The console as a whole: its panes, and what lies over them.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html, use_callback, use_memo, use_node_ref};

use super::act::Act;
use super::announcer::Announcer;
use super::clock::ClockBar;
use super::doer::Doer;
use super::keys::use_keys;
use super::layout::Layout;
use super::notifications::Notifications;
use super::over::Over;
use super::page::Page;
use super::remote::{Remote, use_remote};
use super::request::RequestPane;
use super::section_bar::{section_bar, skip_link};
use super::sessions::Sessions;
use super::state::Snapshot;
use super::stories::{Invitation, Story};
use super::toasts::toasts;
use super::top_bar::{embed_bar, top_bar};
use super::traffic::Traffic;
use super::use_failures::use_failures;
use super::use_place::use_place;
use super::use_runs::use_runs;
use super::use_sandbox::use_sandbox;
use crate::api::Operation;
use crate::driver::Driver;

/// How many sessions are offered where one is asked for.
const RECENT: usize = 20;

#[derive(Properties, Clone)]
pub(super) struct AppProps {
    pub(super) driver: Driver,
    pub(super) page: Page,
    pub(super) remote: Remote,
    pub(super) layout: Layout,
    /// The operation whose form is shown first.
    pub(super) operation: Operation,
}

/// A console has one driver and one page all its life.
impl PartialEq for AppProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The console of one sandbox.
#[component]
pub(super) fn App(props: &AppProps) -> Html {
    let AppProps {
        driver,
        page,
        remote,
        layout,
        operation,
    } = props;
    let (layout, fill) = (*layout, layout.fill);
    let snapshot = use_sandbox(driver, *operation);
    let doer = use_memo((), |()| Doer::new(driver, page, snapshot.dispatcher()));
    use_failures(driver, &snapshot, &doer);
    let on_act = use_callback((), move |act: Act, ()| doer.perform(act));
    use_remote(remote, &on_act);
    use_place(page, &on_act);
    use_runs(page, &on_act);
    let root = use_node_ref();
    use_keys(&snapshot, page, &root, fill, &on_act);
    let took = {
        let driver = driver.clone();
        use_callback((), move |exchange: u64, ()| driver.took(exchange))
    };
    let now = {
        let driver = driver.clone();
        use_callback((), move |(), ()| driver.leisurely(Driver::now))
    };
    let seen = (snapshot.sessions.clone(), snapshot.notifications.clone());
    let perspectives = use_memo((snapshot.selected, seen), |(selected, _)| {
        let selected = (*selected)?;
        driver.leisurely(|driver| driver.perspectives(selected))
    });
    let recent = use_memo(snapshot.sessions.clone(), |sessions| {
        let ids = sessions.iter().take(RECENT).map(|session| session.id);
        ids.collect::<Rc<[_]>>()
    });
    html! {
        <div ref={root} class={if fill { "app app--page" } else { "app" }}>
            if fill {
                if layout.request {
                    { skip_link() }
                }
                { top_bar(&snapshot, layout.tells_stories(), &on_act) }
            } else {
                { embed_bar(&snapshot, &on_act) }
            }
            if layout.clock {
                <ClockBar
                    clock={snapshot.clock.clone()} wall={snapshot.wall} ahead={snapshot.ahead.clone()}
                    sessions={snapshot.present.clone().unwrap_or_else(|| snapshot.sessions.clone())} page={page.clone()} {fill} on_act={on_act.clone()}
                />
            }
            if layout.tells_stories() && snapshot.story.is_none() {
                <Invitation page={page.clone()} on_act={on_act.clone()} />
            }
            if layout.work() {
                <div class={layout.work_class()}>
                    if layout.request {
                        <RequestPane
                            config={snapshot.config.clone()} token={snapshot.token.clone()} operation={snapshot.operation}
                            edit={snapshot.edit.clone()} use_value={snapshot.use_value.clone()} selected={snapshot.selected}
                            recent={(*recent).clone()} made={snapshot.sessions.len()} answers={snapshot.answers.clone()}
                            shown={snapshot.shown.clone()} page={page.clone()} {fill} on_act={on_act.clone()}
                        />
                    }
                    if layout.centre() {
                        <div class="centre">
                            { for [layout.session, layout.timeline].into_iter().zip([true, false]).filter(|(shown, _)| *shown).map(|(_, one)| html! {
                                <Sessions
                                    key={u8::from(one)} sessions={snapshot.sessions.clone()} dropped={snapshot.dropped.sessions} selected={snapshot.selected}
                                    notifications={snapshot.notifications.clone()} clock={snapshot.clock.clone()} now={now.clone()}
                                    perspectives={perspectives.clone()} {one} form={layout.request} {fill} stories={layout.tells_stories()} on_act={on_act.clone()}
                                />
                            }) }
                            if layout.traffic {
                                <Traffic
                                    traffic={snapshot.traffic.clone()} dropped={snapshot.dropped.traffic} cleared={snapshot.cleared}
                                    {fill} {took} on_act={on_act.clone()}
                                />
                            }
                        </div>
                    }
                    if layout.notifications {
                        <Notifications
                            notifications={snapshot.notifications.clone()} dropped={snapshot.dropped.notifications}
                            sessions={snapshot.sessions.clone()} config={snapshot.config.clone()} filter={snapshot.filter.clone()}
                            read={snapshot.read.clone()} {fill} on_act={on_act.clone()}
                        />
                    }
                </div>
            }
            if fill {
                { section_bar(layout) }
            }
            { story(&snapshot, &on_act) }
            if let Some(open) = snapshot.open {
                <Over
                    key={open as usize} {open} config={snapshot.config.clone()} link={snapshot.link.clone()} offer={snapshot.offer.clone()}
                    page={page.clone()} on_act={on_act.clone()}
                />
            }
            { toasts(snapshot.toast.as_ref(), snapshot.open.is_some(), &on_act) }
            <Announcer driver={driver.clone()} />
        </div>
    }
}

/// What is told of the story that goes on.
fn story(snapshot: &Snapshot, on_act: &Callback<Act>) -> Html {
    let Some(story) = snapshot.story else {
        return Html::default();
    };
    html! {
        <Story
            key={story} {story} sessions={snapshot.sessions.clone()} notifications={snapshot.notifications.clone()}
            traffic={snapshot.traffic.clone()} clock={snapshot.clock.clone()} config={snapshot.config.clone()}
            selected={snapshot.selected} read={snapshot.read.clone()} on_act={on_act.clone()}
        />
    }
}

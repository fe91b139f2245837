//! One row a session, drawn against time.

use web_sys::{Element, HtmlElement};
use yew::{
    Callback, Html, NodeRef, Properties, component, hook, html, use_mut_ref, use_node_ref,
    use_state_eq,
};

use super::axis::{Axis, step};
use super::gestures::use_gestures;
use super::motion::{Motion, Picture, use_motion};
use super::row::SessionRow;
use super::runs;
use super::track::{edges, hatches};
use super::view::{Fit, View, Window, fitting};
use crate::driver::ClockState;
use crate::engine::{Session, SessionId};
use crate::time::Instant;
use crate::ui::act::Act;
use crate::ui::describe;
use crate::ui::format;
use crate::ui::listener::Listener;
use crate::ui::shared::{List, Shared};
use crate::ui::use_effect::use_effect_with;
use crate::ui::use_visible::use_visible;

/// How high a row is before one has been measured.
const HEIGHT: f64 = 46.0;

/// Rows are drawn anew when what is in sight is more than so many spans from what they were drawn
/// against: lengths stay in the range in which browsers are exact.
const REACH: i64 = 20;

#[derive(Properties, PartialEq)]
pub(super) struct TimelineProps {
    /// Those to show.
    pub(super) sessions: List<Session>,
    pub(super) selected: Option<SessionId>,
    pub(super) clock: ClockState,
    /// The sandbox's time, between two of the clock's ticks too.
    pub(super) now: Callback<(), Instant>,
    pub(super) view: View,
    pub(super) on_view: Callback<View>,
    pub(super) on_select: Callback<SessionId>,
    pub(super) on_act: Callback<Act>,
    /// What stands below the rows.
    pub(super) children: Html,
}

/// The line of time and the rows below it, those in sight only.
#[component]
pub(super) fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps {
        sessions, clock, ..
    } = props;
    let (list, rows) = (use_node_ref(), use_node_ref());
    let (fitted, based) = (use_mut_ref(|| None::<Fit>), use_mut_ref(|| None::<Window>));
    let picture = {
        let before = *fitted.borrow();
        let fit = fitting(sessions, clock.now, before);
        *fitted.borrow_mut() = Some(fit);
        let fit = props.view.fit(fit);
        let window = props.view.window(fit, clock.now);
        let near = |base: &Window| {
            base.span == window.span && (window.start - base.start).abs() < window.span * REACH
        };
        let base = based.borrow().filter(near).unwrap_or(window);
        *based.borrow_mut() = Some(base);
        Picture {
            view: props.view,
            fit,
            base,
            step: step(window.span),
        }
    };
    let window = props.view.window(picture.fit, clock.now);
    let motion = if runs(clock) {
        Motion::of(clock.speed.factor(), window.span)
    } else {
        Motion::Still
    };
    use_motion(&list, picture, motion, &props.now);
    let pointer = use_gestures(&list, picture, clock.now, &props.on_view);
    let height = use_height(&rows, !sessions.is_empty());
    let visible = use_visible(&rows, sessions.len(), height, None);
    use_reveal(&list, sessions, props.selected, height);

    let row = |(place, session): (usize, &Shared<Session>)| {
        let (before, time, after) = describe::outlook(session, clock.now);
        let selected = props.selected == Some(session.id);
        html! {
            <div
                key={session.sequence} class="sess" role="row" aria-rowindex={(place + 2).to_string()}
                aria-current={selected.then_some("true")}
            >
                <SessionRow
                    session={session.clone()} base={picture.base} edges={edges(session, window)}
                    {before} {time} {after} on_select={props.on_select.clone()} on_act={props.on_act.clone()}
                />
            </div>
        }
    };
    let shown = sessions.iter().enumerate();
    let shown = shown.skip(visible.from).take(visible.until - visible.from);
    html! {
        <div
            ref={list} class="sess__list scroll" onpointerdown={pointer.onpointerdown} onpointermove={pointer.onpointermove}
            onpointerup={pointer.onpointerup.clone()} onpointercancel={pointer.onpointerup}
        >
            { hatches() }
            <div role="table" aria-label="Sessions, newest first" aria-rowcount={(sessions.len() + 1).to_string()}>
                <div class="sess__head" role="rowgroup">
                    <Axis {picture} now={clock.now} on_view={props.on_view.clone()} />
                </div>
                <div ref={rows} role="rowgroup">
                    { gap(visible.above) }
                    <div role="presentation">{ for shown.map(row) }</div>
                    { gap(visible.below) }
                </div>
            </div>
            { props.children.clone() }
        </div>
    }
}

/// The room of rows that are not there.
pub(super) fn gap(height: f64) -> Html {
    html! { <svg class="gap" width="1" height={format::number(height)} aria-hidden="true" /> }
}

/// How high rows are: in a narrow column the track stands below the text. Looked at when there are
/// rows, and when the window changes.
#[hook]
fn use_height(rows: &NodeRef, any: bool) -> f64 {
    let height = use_state_eq(|| HEIGHT);
    let (rows, setter) = (rows.clone(), height.setter());
    use_effect_with(any, move |_| {
        let look = move || {
            let row = rows
                .cast::<Element>()
                .and_then(|rows| rows.query_selector(".sess").ok()?);
            if let Some(row) = row {
                setter.set(row.get_bounding_client_rect().height().max(1.0));
            }
        };
        look();
        let listener = Listener::of_window("resize", move |_| look());
        move || drop(listener)
    });
    *height
}

/// Brings the row that was selected into sight, where rows scroll on their own.
#[hook]
fn use_reveal(list: &NodeRef, sessions: &List<Session>, selected: Option<SessionId>, height: f64) {
    let (list, sessions) = (list.clone(), sessions.clone());
    use_effect_with(selected, move |selected| {
        let place = sessions
            .iter()
            .position(|session| Some(session.id) == *selected);
        if let (Some(place), Some(list)) = (place, list.cast::<HtmlElement>()) {
            reveal(&list, place, height);
        }
    });
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "pixels of a list"
)]
fn reveal(list: &HtmlElement, place: usize, height: f64) {
    let head = list
        .query_selector(".sess__head")
        .ok()
        .flatten()
        .map_or(0, |head| head.client_height());
    let room = list.client_height() - head;
    let top = (place as f64 * height) as i32;
    let bottom = top + height as i32;
    if list.scroll_height() <= list.client_height() {
        return;
    }
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + room {
        list.set_scroll_top(bottom - room);
    }
}

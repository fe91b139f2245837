//! A session at a glance.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::row_menu::RowMenu;
use super::track::Track;
use super::view::Window;
use crate::engine::{Session, SessionId};
use crate::ui::act::Act;
use crate::ui::parts::{Shape, chip, small_icon};
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

#[derive(Properties, PartialEq)]
pub(super) struct SessionRowProps {
    pub(super) session: Shared<Session>,
    /// What its track is drawn against, and over which edges of the picture its bar goes.
    pub(super) base: Window,
    pub(super) edges: (bool, bool),
    /// What comes next, and when: with what stands before and after the time.
    pub(super) before: AttrValue,
    pub(super) time: AttrValue,
    pub(super) after: AttrValue,
    pub(super) on_select: Callback<SessionId>,
    pub(super) on_act: Callback<Act>,
}

/// The cells of a row: identifier, profile and device; life; state; what can be done.
#[component]
pub(super) fn SessionRow(props: &SessionRowProps) -> Html {
    #[cfg(test)]
    RENDERED.with(|rendered| rendered.set(rendered.get() + 1));
    let session = &props.session;
    let id = session.id;
    let (tone, label) = describe::state(session);
    let onclick = props.on_select.reform(move |_| id);
    html! {
        <>
            <div class="sid" role="rowheader" onclick={onclick.clone()}>
                <span class="l1">
                    <button class="sid__id mono" type="button">{ format::short_id(id) }</button>
                    <span class="tag"><bdi class="trunc">{ session.request.profile.to_string() }</bdi></span>
                </span>
                <span class="l2">{ small_icon(Shape::Phone) }<bdi class="trunc">{ describe::device(&session.request.device) }</bdi></span>
            </div>
            <div class="c-track" role="cell" onclick={onclick.clone()}>
                <Track session={session.clone()} base={props.base} edges={props.edges} />
            </div>
            <div class="state" role="cell" {onclick}>
                { chip(tone, label.into()) }
                <span class="l2 num">{ &props.before }<b>{ &props.time }</b>{ &props.after }</span>
            </div>
            <div class="rowmenu" role="cell"><RowMenu session={session.clone()} on_act={props.on_act.clone()} /></div>
        </>
    }
}

#[cfg(test)]
thread_local! {
    /// How many rows have been rendered.
    pub(super) static RENDERED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

//! The list of notifications.

use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_callback, use_memo,
    use_mut_ref, use_node_ref, use_state_eq,
};

use super::bring::bring;
use super::row::Row;
use crate::engine::Session;
use crate::sandbox::{Notification, NotificationId};
use crate::ui::act::Act;
use crate::ui::format::{self, whole};
use crate::ui::shared::{List, Shared};
use crate::ui::use_effect::use_effect_with;
use crate::ui::use_still::{Rows, scrolls, use_still};
use crate::ui::use_visible::use_visible;

/// How high a row is that is not open, at the usual size of text.
const ROW: f64 = 53.0;

/// How many that came at once are marked as new: where all are, the mark says nothing, and to fade
/// it takes a browser most of its time.
const MARKED: usize = 10;

#[derive(Properties, PartialEq)]
pub(super) struct StreamProps {
    pub(super) all: List<Notification>,
    /// Those that match the filter.
    pub(super) shown: List<Notification>,
    pub(super) filter: AttrValue,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    pub(super) sessions: List<Session>,
    /// The one that is open.
    pub(super) read: Option<AttrValue>,
    pub(super) on_act: Callback<Act>,
}

/// Rows, newest first; of many, those in sight.
#[component]
pub(super) fn Stream(props: &StreamProps) -> Html {
    let StreamProps { shown, on_act, .. } = props;
    let (scroller, list) = (use_node_ref(), use_node_ref());
    let height = *use_memo((), |()| format::scaled(ROW));
    let extra = use_state_eq(|| 0.0_f64);
    let on_height = {
        let extra = extra.setter();
        use_callback((), move |height: f64, ()| extra.set(height))
    };
    let open = *use_memo((shown.clone(), props.read.clone()), |(shown, read)| {
        let read = NotificationId::parse(read.as_deref()?)?;
        shown.iter().position(|one| one.message.id == read)
    });
    let visible = use_visible(
        &list,
        shown.len(),
        height,
        open.map(|place| (place, *extra)),
    );
    let news = use_still(
        &scroller,
        Rows {
            first: shown.first().map(|first| first.message.id.to_string()),
            count: shown.len(),
            place: &|id| {
                let id = NotificationId::parse(id)?;
                shown.iter().position(|one| one.message.id == id)
            },
            filter: &props.filter,
            height,
        },
    );
    use_reveal(props, open);
    use_in_sight(&scroller, &list, &props.read, open, (height, *extra));
    let has_session = open.and_then(|place| shown.get(place)).is_some_and(|one| {
        let id = one.message.session;
        props.sessions.iter().any(|session| session.id == id)
    });
    let long = visible.until - visible.from < shown.len();
    let marked = if news.fresh <= MARKED { news.fresh } else { 0 };
    let row = |(place, notification): (usize, &Shared<Notification>)| {
        let is_open = open == Some(place);
        html! {
            <Row
                key={notification.message.id.to_string()} notification={notification.clone()} open={is_open}
                has_session={is_open && has_session} fresh={place < marked}
                place={long.then_some((place + 1, shown.len()))} on_height={on_height.clone()} on_act={on_act.clone()}
            />
        }
    };
    let rows = shown.iter().enumerate();
    let rows = rows.skip(visible.from).take(visible.until - visible.from);
    let look = news.look;
    html! {
        <div class="scroll notify__list" ref={scroller} onscroll={move |_| look()}>
            { news.button }
            <div ref={list}>
                { gap(visible.above) }
                <ol class="stream" role="list" aria-label="Notifications, newest first">{ for rows.map(row) }</ol>
                { gap(visible.below) }
            </div>
            if props.dropped > 0 {
                <p class="more"><span class="count num">{ props.dropped }{ " older ones are not kept" }</span></p>
            }
        </div>
    }
}

/// Room for rows that are not there.
fn gap(height: f64) -> Html {
    if height <= 0.0 {
        return Html::default();
    }
    let height = whole(height).to_string();
    html! { <svg class="gap" width="1" {height} aria-hidden="true" /> }
}

/// What is opened from elsewhere is shown, whatever the filter says.
#[yew::hook]
fn use_reveal(props: &StreamProps, open: Option<usize>) {
    let read = props.read.clone();
    let hidden = open.is_none() && !props.filter.is_empty();
    let (all, on_act) = (props.all.clone(), props.on_act.clone());
    use_effect_with(read, move |read| {
        let read = read.as_deref().and_then(NotificationId::parse);
        let there = |id: NotificationId| all.iter().any(|one| one.message.id == id);
        if hidden && read.is_some_and(there) {
            on_act.emit(Act::Filter(AttrValue::default()));
        }
    });
}

/// What comes to be open is in sight: its row stays where it is when one above it closes, and is
/// brought into sight when it was opened from elsewhere.
#[yew::hook]
fn use_in_sight(
    scroller: &NodeRef,
    list: &NodeRef,
    read: &Option<AttrValue>,
    open: Option<usize>,
    sizes: (f64, f64),
) {
    // Of a row, and of what is open beneath one.
    let (height, extra) = sizes;
    let before = use_mut_ref(|| None::<(usize, f64)>);
    let at = open.map(|place| height * f64::from(u32::try_from(place).unwrap_or(0)));
    use_effect_with((read.clone(), open.is_some()), {
        let (scroller, list, before) = (scroller.clone(), list.clone(), before.clone());
        move |_| {
            let Some((open, at)) = open.zip(at) else {
                return;
            };
            if let Some((closed, extra)) = before.take()
                && closed < open
                && let Some(scroller) = scroller.cast::<Element>().filter(scrolls)
            {
                scroller.set_scroll_top(scroller.scroll_top() - whole(extra));
            }
            bring(&scroller, &list, at, height);
        }
    });
    use_effect_with((open, extra.to_bits()), move |_| {
        before.replace(open.map(|place| (place, extra)));
    });
}

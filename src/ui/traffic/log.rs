//! The table of requests.

use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_memo, use_node_ref,
    use_state_eq,
};

use super::opened::Opened;
use super::row::Row;
use crate::sandbox::Exchange;
use crate::ui::act::Act;
use crate::ui::format::{self, whole};
use crate::ui::shared::{List, Shared};
use crate::ui::use_still::{Rows, use_still};
use crate::ui::use_visible::use_visible;

/// How high a row is, at the usual size of text.
const ROW: f64 = 26.0;

#[derive(Properties, PartialEq)]
pub(super) struct LogProps {
    pub(super) shown: List<Exchange>,
    pub(super) filter: AttrValue,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    pub(super) took: Callback<u64, Option<f64>>,
    pub(super) on_act: Callback<Act>,
}

/// The table; of many rows, those in sight. One of them may be open.
#[component]
pub(super) fn Log(props: &LogProps) -> Html {
    let shown = &props.shown;
    let (scroller, body) = (use_node_ref(), use_node_ref());
    let height = *use_memo((), |()| format::scaled(ROW));
    let read = use_state_eq(|| None::<u64>);
    let extra = use_state_eq(|| 0.0_f64);
    let on_height = {
        let extra = extra.setter();
        use_callback((), move |height: f64, ()| extra.set(height))
    };
    let on_read = {
        let read = read.setter();
        use_callback((), move |id: Option<u64>, ()| read.set(id))
    };
    let open = *use_memo((shown.clone(), *read), |(shown, read)| {
        shown.iter().position(|one| Some(one.id) == *read)
    });
    let visible = use_visible(
        &body,
        shown.len(),
        height,
        open.map(|place| (place, *extra)),
    );
    let news = use_still(
        &scroller,
        Rows {
            first: shown.first().map(|first| first.id.to_string()),
            count: shown.len(),
            place: &|id| {
                let id: u64 = id.parse().ok()?;
                shown.iter().position(|one| one.id == id)
            },
            filter: &props.filter,
            height,
        },
    );
    let row = |(place, exchange): (usize, &Shared<Exchange>)| {
        let open = open == Some(place);
        html! {
            <key={exchange.id}>
                <Row
                    exchange={exchange.clone()} {open} index={place + 2} took={props.took.clone()}
                    on_read={on_read.clone()} on_act={props.on_act.clone()}
                />
                if open {
                    <Opened exchange={exchange.clone()} on_height={on_height.clone()} on_act={props.on_act.clone()} />
                }
            </>
        }
    };
    let look = news.look;
    let rows = shown.iter().enumerate();
    let rows = rows.skip(visible.from).take(visible.until - visible.from);
    html! {
        <div class="scroll traffic__scroll" ref={scroller} onscroll={move |_| look()}>
            { news.button }
            <table class="log" aria-label="Requests, newest first" aria-rowcount={(shown.len() + 1).to_string()}>
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col" class="c-time">{ "Time" }</th>
                        <th scope="col" class="c-verb">{ "Method" }</th>
                        <th scope="col">{ "Path" }</th>
                        <th scope="col" class="c-status">{ "Status" }</th>
                        <th scope="col" class="c-took">{ "Took" }</th>
                        <th scope="col" class="c-copy"><span class="vh">{ "Copy as cURL" }</span></th>
                    </tr>
                </thead>
                <tbody ref={body}>
                    { gap("above", visible.above) }
                    { for rows.map(row) }
                    { gap("below", visible.below) }
                </tbody>
            </table>
            if props.dropped > 0 {
                <p class="more"><span class="count num">{ props.dropped }{ " older ones are not kept" }</span></p>
            }
        </div>
    }
}

/// Room for rows that are not there.
fn gap(key: &'static str, height: f64) -> Html {
    let height = whole(height).to_string();
    html! { <tr {key} class="log__gap" aria-hidden="true"><td colspan="6" {height} /></tr> }
}

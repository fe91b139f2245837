//! A list that does not move while someone reads it.

use web_sys::{Element, HtmlElement, MouseEvent};
use yew::{AttrValue, Callback, Html, NodeRef, hook, html, use_mut_ref, use_state_eq};

use super::format::whole;
use super::use_effect::use_effect_with;

/// What is new in a list.
pub(super) struct News {
    /// How many rows came on top with this rendering.
    pub(super) fresh: usize,
    /// A button that leads to those that came out of sight, if some did: the first in the list.
    pub(super) button: Html,
    /// To be called when it was scrolled.
    pub(super) look: Box<dyn Fn()>,
}

/// A list as it is rendered now.
pub(super) struct Rows<'a> {
    /// What identifies its first row.
    pub(super) first: Option<String>,
    pub(super) count: usize,
    /// The place of the row that something identifies.
    pub(super) place: &'a dyn Fn(&str) -> Option<usize>,
    /// By what it is narrowed.
    pub(super) filter: &'a AttrValue,
    /// How high each is, in CSS pixels.
    pub(super) height: f64,
}

/// Keeps the rows of a list where they are on the screen when others come on top of them, unless its
/// start is in sight.
#[hook]
pub(super) fn use_still(scroller: &NodeRef, rows: Rows<'_>) -> News {
    let unseen = use_state_eq(|| 0_usize);
    let before = use_mut_ref(|| None::<(Option<String>, AttrValue)>);
    let Rows {
        first,
        count,
        height,
        ..
    } = rows;
    let fresh = {
        let now = Some((first.clone(), rows.filter.clone()));
        match before.replace(now) {
            Some((Some(first), filter)) if filter == *rows.filter => {
                (rows.place)(&first).unwrap_or(0)
            }
            Some((None, filter)) if filter == *rows.filter => count,
            Some(_) | None => 0,
        }
    };
    use_effect_with((first, count, rows.filter.clone()), {
        let (scroller, unseen) = (scroller.clone(), unseen.clone());
        move |_| {
            let scroller = scroller.cast::<Element>().filter(scrolls);
            let Some(scroller) = scroller.filter(|scroller| scroller.scroll_top() > 0) else {
                return unseen.set(0);
            };
            if fresh > 0 {
                let by = whole(height * f64::from(u32::try_from(fresh).unwrap_or(0)));
                scroller.set_scroll_top(scroller.scroll_top() + by);
                unseen.set(*unseen + fresh);
            }
        }
    });
    let look = {
        let (scroller, unseen) = (scroller.clone(), unseen.setter());
        Box::new(move || {
            let top = scroller.cast::<Element>().map_or(0, |it| it.scroll_top());
            if f64::from(top) < height {
                unseen.set(0);
            }
        })
    };
    News {
        fresh,
        button: button(scroller, *unseen),
        look,
    }
}

fn button(scroller: &NodeRef, unseen: usize) -> Html {
    if unseen == 0 {
        return Html::default();
    }
    html! {
        <div class="fresh">
            <button class="btn btn--sm btn--primary" type="button" onclick={to_start(scroller.clone())}>{ unseen }{ " new" }</button>
        </div>
    }
}

/// To the newest; the focus goes to the pane, since the button goes.
fn to_start(scroller: NodeRef) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        let Some(scroller) = scroller.cast::<Element>() else {
            return;
        };
        scroller.set_scroll_top(0);
        let pane = scroller.closest("section").ok().flatten();
        if let Some(pane) =
            pane.and_then(|pane| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(pane).ok())
        {
            // It takes the focus from code.
            let _ = pane.focus();
        }
    })
}

/// Whether an element scrolls, rather than the page around it.
pub(super) fn scrolls(element: &Element) -> bool {
    element.scroll_height() > element.client_height() + 1
}

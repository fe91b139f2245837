//! A list that does not move while someone reads it.

use web_sys::Element;
use yew::{AttrValue, NodeRef, hook, use_effect_with, use_mut_ref, use_state_eq};

use super::bring::scrolls;
use crate::sandbox::Notification;
use crate::ui::format::whole;
use crate::ui::shared::List;

/// What is new in a list.
pub(super) struct News {
    /// How many rows came on top with this rendering.
    pub(super) fresh: usize,
    /// How many have come out of sight since the list was scrolled.
    pub(super) unseen: usize,
    /// To be called when it was scrolled.
    pub(super) look: Box<dyn Fn()>,
}

/// Keeps the rows of a list, each `height` CSS pixels high, where they are on the screen when others
/// come on top of them, unless its start is in sight.
#[hook]
pub(super) fn use_still(
    scroller: &NodeRef,
    shown: &List<Notification>,
    filter: &AttrValue,
    height: f64,
) -> News {
    let unseen = use_state_eq(|| 0_usize);
    let before = use_mut_ref(|| None::<(Option<String>, AttrValue)>);
    let fresh = {
        let first = shown.first().map(|first| first.message.id.clone());
        let before = before.replace(Some((first, filter.clone())));
        before.map_or(0, |(first, before)| {
            if before == *filter {
                come(shown, first.as_deref())
            } else {
                0
            }
        })
    };
    use_effect_with(shown.clone(), {
        let (scroller, unseen) = (scroller.clone(), unseen.clone());
        move |_| {
            let scroller = scroller.cast::<Element>();
            let scroller = scroller.filter(scrolls);
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
        unseen: *unseen,
        look,
    }
}

/// How many rows stand above the one that was the first.
fn come(shown: &List<Notification>, first: Option<&str>) -> usize {
    let Some(first) = first else {
        return shown.len();
    };
    let place = shown.iter().position(|one| one.message.id == first);
    place.unwrap_or(0)
}

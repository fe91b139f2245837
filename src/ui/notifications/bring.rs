//! Bringing a row of a list into sight.

use web_sys::Element;
use yew::NodeRef;

use crate::ui::format::whole;
use crate::ui::use_still::scrolls;

/// Scrolls so that the row that begins `top` CSS pixels below the list's own top is in sight,
/// unless it is. What scrolls is `scroller`, or the page where that is as high as its content.
pub(super) fn bring(scroller: &NodeRef, list: &NodeRef, top: f64, height: f64) {
    let (Some(scroller), Some(list)) = (scroller.cast::<Element>(), list.cast::<Element>()) else {
        return;
    };
    let Some(window) = web_sys::window() else {
        return;
    };
    let row = list.get_bounding_client_rect().top() + top;
    if scrolls(&scroller) {
        let clip = scroller.get_bounding_client_rect();
        if row < clip.top() || row + height > clip.bottom() {
            scroller.set_scroll_top(scroller.scroll_top() + whole(row - clip.top() - height));
        }
    } else {
        let root = window.document().and_then(|page| page.document_element());
        let below = root.map_or(0.0, |root| f64::from(root.client_height()));
        // What sticks to the page's edges takes less than a third of it.
        let third = below / 3.0;
        if row < third || row + height > below {
            window.scroll_by_with_x_and_y(0.0, row - third);
        }
    }
}

"""Which variant an order's specification means: "颜色分类:黑红;尺码:42", "黑红 42", "Black / L"."""

from collections.abc import Sequence

from shop.product_names import same_colour_words
from shop.products import Variant
from shop.reading import clean, read_product
from shop.reading.said import ProductFacts
from shop.reading.sizes import size_label


def find_variant(variants: Sequence[Variant], spec: str) -> Variant | None:
    """The one variant that the words mean; None when it is none of them, or could be several."""
    facts = read_product(spec, sizes_asked=True)
    sizes = _sizes_meant(variants, facts, clean(spec))
    colours = _colours_meant(variants, facts, clean(spec))
    meant = [variant for variant in variants if variant.size in sizes and variant.colour in colours]
    return meant[0] if len(meant) == 1 else None


def _sizes_meant(variants: Sequence[Variant], facts: ProductFacts, spec: str) -> set[str]:
    """Nothing said about the size means the only one there is."""
    known = {variant.size for variant in variants}
    said = {row.size for row in facts.sizes} or {word for word in known if word and word in spec}
    if not said:
        return known if len(known) == 1 else set()
    return {size for size in known if size_label(size) in said or size in said}


def _colours_meant(variants: Sequence[Variant], facts: ProductFacts, spec: str) -> set[str]:
    known = {variant.colour for variant in variants}
    same = {own for own in known for colour in facts.colours if own and same_colour_words(own, colour)}
    written = {own for own in known if own and own.removesuffix("色").lower() in spec.lower()}
    longest = {own for own in written if not any(own in other for other in written - {own})}
    if same or longest:
        return same or longest
    return known if len(known) == 1 and not facts.colours else known & {""}

"""How a run was made, in sentences: the protocol, what was fitted on what, methods, limits."""

from engine.cohort.dividing.division import protocols
from engine.cohort.dividing.joining import EXTERNAL
from engine.evaluation.baseline import baselines
from engine.prepare.step import FittedStep, steps
from engine.recipe import Choice, Recipe, typed_options
from engine.report.data import ReportData
from engine.report.division_words import repeat_sentences, vault_sentences
from engine.report.numbers import between, counted, signed
from engine.runs.events import EpochEnded, FoldStarted

_MILD, _SEVERE = 0.05, 0.15
_FEW = 30

BASE_RATE_NOTE = (
    "Jackknife: leaving one patient out lowers the share of that patient's class among the others, so scores that "
    "follow the base rate rank the patients the wrong way round. Figures over pooled scores (AUROC, average "
    "precision, calibration) are biased downwards by this; balanced accuracy is affected least. A repeated k-fold "
    "by patient is a fairer test of ranking."
)


def protocol_sentences(data: ReportData) -> list[str]:
    """How the patients were divided, and how many were on either side."""
    said = " ".join([_described_protocol(data.recipe.protocol), *_origin_words(data)])
    folds = {event.fold: event for event in data.events if isinstance(event, FoldStarted)}
    if not folds:
        return [said]
    train, watched, test = (
        [getattr(fold, side) for fold in folds.values()] for side in ("train", "validation", "test")
    )
    each = "each with " if len(folds) > 1 else "with "
    beside = f", {between(watched)} for validation" if any(watched) else ""
    counts = f"{between(train)} {data.unit} to train on{beside} and {between(test)} to test"
    return [said, f"{counted(len(folds), 'folds')}, {each}{counts}.", *repeat_sentences(data)]


def fitted_on(recipe: Recipe, *, watched_part: bool = False) -> list[tuple[str, str]]:
    """What was fitted, and on whom; `watched_part` where the division itself has patients to watch."""
    training = "the fold's training patients"
    weights = training if recipe.training.class_weights == "balanced" else "not used"
    watched = (
        "the validation part of the division, in no training and no test; chose and stopped nothing"
        if watched_part
        else f"{recipe.training.validation:.0%} of the training patients, for validation; chose and stopped nothing"
        if recipe.training.validation
        else "not used: every fold was trained for the same number of epochs"
    )
    return [
        *_fitted_steps(recipe),
        ("Network", training),
        ("Class weights", weights),
        ("Inner validation", watched),
        ("Decision threshold", "not fitted: the most probable class is predicted"),
        ("Baselines", "the training patients of the same folds"),
    ]


def methods(data: ReportData) -> str:
    """A paragraph for a paper."""
    recipe, training = data.recipe, data.recipe.training
    targets = "; ".join(f"{target.column} ({', '.join(target.classes)})" for target in recipe.targets)
    inputs = "; ".join(_input_words(name, recipe) for name in recipe.inputs)
    protocol = protocol_sentences(data)
    weighting = " with class weights from the fold's training patients" if training.class_weights == "balanced" else ""
    version = data.environment.get("isocenter", "")
    return " ".join(
        [
            f"The target was {targets}. Inputs were {inputs}.",
            f"The model {described(recipe.model)} was trained for {counted(training.epochs, 'epochs')} in batches "
            f"of {training.batch_size} at a learning rate of {training.learning_rate:g} and a weight decay of "
            f"{training.weight_decay:g}, by cross-entropy{weighting}.",
            *protocol,
            "Predictions of the models that had not seen the case were pooled. Figures follow scikit-learn's "
            f"definitions. Intervals ({100 * recipe.evaluation.confidence:.0f} %) are percentiles of "
            f"{recipe.evaluation.bootstrap} bootstrap draws of {data.unit}, with replacement within each class.",
            _baseline_words(data),
            f"Isocenter {version}, seed {recipe.seed}.".replace("  ", " "),
        ]
    ).replace("  ", " ")


def gap_sentence(data: ReportData, tested: float | None) -> str:
    """How far the accuracy in training is from that on tested cases; "" where either is unknown."""
    ends = {event.fold: event.accuracy for event in data.events if isinstance(event, EpochEnded)}
    if not ends or tested is None or len(data.recipe.targets) > 1:
        return ""
    trained = sum(ends.values()) / len(ends)
    gap = trained - tested
    grade = "severe" if gap > _SEVERE else "mild" if gap > _MILD else "none"
    return (
        f"Accuracy was {100 * trained:.0f} % in training at the last epoch and {100 * tested:.0f} % on tested "
        f"{data.unit}: a gap of {signed(100 * gap, 0)} points (over-fitting: {grade})."
    )


def limits(data: ReportData) -> list[str]:
    """What the figures do not say."""
    heads, name = min(_heads(data))
    said = [
        f"The smallest class, {name}, has {counted(heads, data.unit)}; its figures are as uncertain "
        "as that, and a percentile bootstrap is somewhat too narrow for so few."
        if heads < _FEW
        else f"The smallest class, {name}, has {heads} {data.unit}.",
        f"Intervals speak of other {data.unit} from the same source, not of another site or scanner, nor of "
        f"training again with another seed.{_external_words(data.divided_by.key)}",
        "Classes were drawn at the sizes they have in this cohort: accuracy, precision and F1 hold for that share "
        "of classes, not for screening.",
        "Several figures, baselines and targets are compared without correction for their number.",
    ]
    said += vault_sentences(data)
    if data.level == "image" and data.likely:
        told = "Image level: images were grouped into likely patients by a guess. "
        said.insert(0, f"{told}Images of one patient may have been trained on and tested.")
    elif data.level == "image":
        said.insert(0, "Patients are unknown. Images of one patient may have been trained on and tested.")
    return said


def described(choice: Choice) -> str:
    """A choice with its options: `resize (size 24 × 24)`."""
    options = ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in choice.options.items())
    return f"{choice.key} ({options})" if options else choice.key


def _fitted_steps(recipe: Recipe) -> list[tuple[str, str]]:
    chosen = [(name, choice.key) for name, given in recipe.inputs.items() for choice in given.steps]
    fitted = [f"{key} ({name})" for name, key in chosen if isinstance(steps.get(key), FittedStep)]
    plain = [f"{key} ({name})" for name, key in chosen if not isinstance(steps.get(key), FittedStep)]
    rows = [("Preparation: " + ", ".join(plain), "nothing: each scan by itself")] if plain else []
    return rows + ([("Preparation: " + ", ".join(fitted), "the fold's training patients")] if fitted else [])


def _input_words(name: str, recipe: Recipe) -> str:
    given = recipe.inputs[name]
    told = ", then ".join(described(choice) for choice in given.steps) or "no preparation"
    return f"{name} (scans of role {given.role}: {told})"


def _baseline_words(data: ReportData) -> str:
    if not data.baselines:
        return ""
    told = [_baseline_summary(key) for key in sorted(data.baselines)]
    return f"Baselines on the same folds: {'; '.join(told)}."


def _baseline_summary(key: str) -> str:
    if key not in baselines:
        return key
    said = baselines.get(key).info.summary.rstrip(".")
    return said[:1].lower() + said[1:]


def _described_protocol(choice: Choice) -> str:
    protocol = protocols.get(choice.key)
    return protocol.describe(typed_options(choice, protocol.options, "the protocol"))


def _origin_words(data: ReportData) -> list[str]:
    """How a saved division had been made."""
    if data.origin is None:
        return []
    choice, seed = data.origin
    if choice.key not in protocols:
        return ["That division was given as a table."]
    return [f"That division was made so: {_described_protocol(choice)} (seed {seed})"]


def _external_words(protocol: str) -> str:
    return "" if protocol == EXTERNAL else " There was no external test set."


def _heads(data: ReportData) -> list[tuple[int, str]]:
    """How many have each class, over all targets."""
    return [
        (len({row.patient for row in data.rows(target) if row.truth == name}), name)
        for target in data.recipe.targets
        for name in target.classes
    ]


def _value(value: object) -> str:
    return " × ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)

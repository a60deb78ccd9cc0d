"""The verbs that list what there is: recipes and models."""

import typer

from engine.cli.console import AsJson, answer, table
from engine.models.model import models, parameters
from engine.recipe import Choice, shelf


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command("recipes")(recipes)
    app.command("models")(list_models)


def recipes(as_json: AsJson = False) -> None:
    """List the recipes that come with Isocenter."""
    found = [{"name": recipe.name, "title": recipe.title, "summary": recipe.summary} for recipe in shelf()]
    rows = [(item["name"], item["summary"]) for item in found]
    answer(found, as_json, [table("", ("recipe", "what it does"), rows)])


def list_models(as_json: AsJson = False) -> None:
    """List the models: inputs, weights, and how many parameters they have with default options."""
    found = [
        {
            "key": model.info.key,
            "label": model.info.label,
            "summary": model.info.summary,
            "dims": model.dims,
            "parameters": parameters(Choice(key=model.info.key)),
            "input": "one" if model.most_inputs == 1 else "one branch per input",
            "targets": "any number",
            "weights": model.weights,
            "needs": list(model.info.needs),
        }
        for model in models
    ]
    rows = [(str(i["key"]), str(i["dims"]), f"{i['parameters']:,}", str(i["summary"])) for i in found]
    answer(found, as_json, [table("", ("model", "dims", "parameters", "what it is"), rows)])

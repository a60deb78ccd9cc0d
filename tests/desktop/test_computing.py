from desktop.computing import look_at_machine, parts_of


def test_looking_ends_at_once_when_nobody_waits_for_it() -> None:
    assert look_at_machine(lambda: True) == []


def test_the_device_comes_first_and_healthy_packages_are_left_out() -> None:
    checks = [
        {"name": "python", "state": "good", "told": "3.11"},
        {"name": "torch", "state": "good", "told": "2.9"},
        {"name": "scipy", "state": "bad", "told": "cannot be imported"},
        {"name": "device", "state": "note", "told": "CPU, 1 threads"},
    ]
    assert [(part.name, part.tone) for part in parts_of(checks)] == [
        ("Device", "text"),
        ("Python", "text"),
        ("Scipy", "bad"),
    ]

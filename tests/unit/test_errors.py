import inspect

from mapgen import errors


def test_an_error_is_one_line_that_names_file_and_line() -> None:
    assert str(errors.PlacesError("no latitude", path="places.csv", line=3)) == "places.csv:3: no latitude"
    assert str(errors.DocumentError("is empty", path="a.txt")) == "a.txt: is empty"
    assert str(errors.GazetteerError("is locked")) == "is locked"


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    classes = [value for _, value in inspect.getmembers(errors, inspect.isclass) if value.__module__ == errors.__name__]
    assert sorted(cls.__name__ for cls in classes) == errors.__all__
    assert all(cls.__name__ in (errors.__doc__ or "") for cls in classes)
    assert all(issubclass(cls, errors.MapgenError) for cls in classes)


def test_what_the_user_gave_exits_with_2_and_the_rest_with_1() -> None:
    assert errors.DocumentError("x").exit_code == errors.PlacesError("x").exit_code == 2
    assert errors.OptionError("x").exit_code == errors.OutputError("x").exit_code == 2
    assert errors.GazetteerError("x").exit_code == 1

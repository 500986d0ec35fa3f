from tests.walks import test_query_counts as t
t.registry.MADE = type(t.registry.MADE)()
t.PAGES = [row for row in t.PAGES if row.name in {"businesses:import_doubts"}]
from tests.walks.test_query_counts import *  # noqa
from tests.walks.test_query_counts import seen, test_as_many_queries_with_1_3_and_300_rows, test_no_page_is_heavy  # noqa

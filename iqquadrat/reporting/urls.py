"""Figures, reports, programmes."""

from django.urls import path

from iqquadrat.reporting.views import closing, esf, figures, programmes

app_name = "reporting"
urlpatterns = [
    path("", figures.dashboard, name="dashboard"),
    path("report.xlsx", figures.report_xlsx, name="report_xlsx"),
    path("report.json", figures.report_json, name="report_json"),
    path("report.pdf", figures.report_pdf, name="report_pdf"),
    path("esf/", esf.esf_table, name="esf_table"),
    path("esf.xlsx", esf.esf_xlsx, name="esf_xlsx"),
    path("esf.pdf", esf.esf_pdf, name="esf_pdf"),
    path("definitions/", figures.definitions, name="definitions"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/new/", programmes.programme_create, name="programme_create"),
    path("programmes/<slug:code>/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<slug:code>/use/", programmes.programme_use, name="programme_use"),
    path("programmes/<slug:code>/rest/", programmes.programme_rest, name="programme_rest"),
    path("closed/", closing.closed_periods, name="closed_periods"),
    path("closed/client/<uuid:public_id>/", closing.late_of_client, name="late_of_client"),
    path("closed/consultation/<uuid:public_id>/", closing.late_of_consultation, name="late_of_consultation"),
    path("closed/<int:pk>/", closing.late_changes, name="late_changes"),
    path("closed/<int:pk>/reopen/", closing.period_reopen, name="period_reopen"),
    path("<slug:code>/", figures.figure_detail, name="figure_detail"),
]

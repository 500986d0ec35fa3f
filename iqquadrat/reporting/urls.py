"""Figures, reports, programmes."""

from django.urls import path

from iqquadrat.reporting.views import closing, comparison, figures, programmes, public, report_files, reports

app_name = "reporting"
urlpatterns = [
    path("", figures.dashboard, name="dashboard"),
    path("report.xlsx", figures.report_xlsx, name="report_xlsx"),
    path("report.json", figures.report_json, name="report_json"),
    path("report.pdf", figures.report_pdf, name="report_pdf"),
    path("compare/", comparison.compare_periods, name="compare"),
    path("compare.xlsx", comparison.compare_xlsx, name="compare_xlsx"),
    path("definitions/", figures.definitions, name="definitions"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/new/", programmes.programme_create, name="programme_create"),
    path("programmes/<slug:code>/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<slug:code>/<int:year>/", programmes.programme_year, name="programme_year"),
    path("programmes/<slug:code>/use/", programmes.programme_use, name="programme_use"),
    path("programmes/<slug:code>/rest/", programmes.programme_rest, name="programme_rest"),
    path("closed/", closing.closed_periods, name="closed_periods"),
    path("closed/client/<uuid:public_id>/", closing.late_of_client, name="late_of_client"),
    path("closed/consultation/<uuid:public_id>/", closing.late_of_consultation, name="late_of_consultation"),
    path("closed/<int:pk>/", closing.late_changes, name="late_changes"),
    path("closed/<int:pk>/reopen/", closing.period_reopen, name="period_reopen"),
    path("reports/", reports.frozen_list, name="frozen_list"),
    path("reports/new/", reports.frozen_order, name="frozen_order"),
    path("reports/<uuid:public_id>/", reports.frozen_report, name="frozen_report"),
    path("reports/<uuid:public_id>/progress/", reports.frozen_progress, name="frozen_progress"),
    path("reports/<uuid:public_id>/stop/", reports.frozen_stop, name="frozen_stop"),
    path("reports/<uuid:public_id>/again/", reports.frozen_again, name="frozen_again"),
    path("reports/<uuid:public_id>/changes/", reports.frozen_changes, name="frozen_changes"),
    path("reports/<uuid:public_id>/approve/", reports.frozen_approve, name="frozen_approve"),
    path("reports/<uuid:public_id>/send-back/", reports.frozen_send_back, name="frozen_send_back"),
    path("reports/<uuid:public_id>/hand-in/", reports.frozen_hand_in, name="frozen_hand_in"),
    path("reports/<uuid:public_id>/public/", public.frozen_publish, name="frozen_publish"),
    path("reports/<uuid:public_id>/withdraw/", public.frozen_withdraw, name="frozen_withdraw"),
    path("reports/<uuid:public_id>/files/", report_files.report_file_order, name="report_file_order"),
    path("files/<uuid:public_id>/", report_files.report_file, name="report_file"),
    path("files/<uuid:public_id>/progress/", report_files.report_file_progress, name="report_file_progress"),
    path("files/<uuid:public_id>/stop/", report_files.report_file_stop, name="report_file_stop"),
    path("files/<uuid:public_id>/again/", report_files.report_file_again, name="report_file_again"),
    path("files/<uuid:public_id>/fetch/", report_files.report_file_fetch, name="report_file_fetch"),
    path("public/<uuid:public_id>/", public.public_report, name="public_report"),
    path("public/<uuid:public_id>/figures.csv", public.public_csv, name="public_csv"),
    path("public/<uuid:public_id>/figures.json", public.public_json, name="public_json"),
    path("<slug:code>/", figures.figure_detail, name="figure_detail"),
]

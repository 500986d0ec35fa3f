"""The second wall: what the database itself shows of persons. See decision 30 and ``iqquadrat/rights/walls.py``."""

from django.db import migrations

from iqquadrat.rights.walls import FUNCTIONS, FUNCTIONS_BACK, RaiseWalls


class Migration(migrations.Migration):

    dependencies = [
        ("accesslog", "0002_emergency_openings"),
        ("accounts", "0006_second_factor_and_sittings"),
        ("competence", "0006_agreed_goals"),
        ("counselling", "0020_participations"),
        ("placements", "0008_bits_of_job_searches"),
        ("questionnaires", "0005_versions_edited_here"),
        ("rights", "0003_log_stays_until_its_clock"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        RaiseWalls(
            "accesslog.Entry",
            "counselling.Client",
            "counselling.AbsenceCover",
            "counselling.Charge",
            "counselling.Case",
            "counselling.Consultation",
            "counselling.Addendum",
            "counselling.Attendance",
            "counselling.EventAttendance",
            "counselling.GroupEvent",
            "counselling.Appointment",
            "counselling.Consent",
            "counselling.Draft",
            "counselling.EmergencyAccess",
            "counselling.FollowUp",
            "counselling.ImportFilePart",
            "counselling.ImportRow",
            "counselling.ImportProblem",
            "counselling.ImportedRecord",
            "counselling.LanguageSkill",
            "counselling.Merge",
            "counselling.Participation",
            "counselling.ParticipationSensitive",
            "counselling.ParticipationQuestion",
            "counselling.Referral",
            "counselling.Situation",
            "counselling.VolunteerWork",
            "competence.Assessment",
            "competence.AgreedGoal",
            "competence.EarlierGoal",
            "competence.BatchPaper",
            "competence.KioskCode",
            "competence.KioskSession",
            "competence.KioskOperation",
            "competence.ParadataEvent",
            "competence.EvidenceResult",
            "competence.EvidenceSetAside",
            "competence.FieldConfirmation",
            "competence.ClientRemark",
            "competence.ProfileRelease",
            "questionnaires.Response",
            "questionnaires.Answer",
            "placements.Placement",
            "placements.PlacementEvent",
            "placements.EmployerAnswer",
            "placements.RetentionCheck",
            "placements.StoredMatch",
            "placements.WageSubsidy",
            "placements.JobSearch",
            "placements.Ownership",
            "rights.LegalHold",
            "rights.PersonRequest",
        ),
    ]

"""The topics a new centre begins with: key and names. A coordinator may rename or retire them; keys stay."""

TOPICS: list[tuple[str, dict[str, str]]] = [
    ("application", {"de": "Bewerbung", "en": "Application", "fr": "Candidature", "ru": "Заявление о приёме на работу", "uk": "Заява на роботу", "tr": "İş başvurusu", "vi": "Hồ sơ xin việc", "ar": "طلب التوظيف", "fa": "درخواست کار"}),
    ("work_search", {"de": "Arbeitssuche", "en": "Looking for work", "fr": "Recherche d’emploi", "ru": "Поиск работы", "uk": "Пошук роботи", "tr": "İş arama", "vi": "Tìm việc làm", "ar": "البحث عن عمل", "fa": "جستجوی کار"}),
    ("german_course", {"de": "Deutschkurs", "en": "German course", "fr": "Cours d’allemand", "ru": "Курс немецкого языка", "uk": "Курс німецької мови", "tr": "Almanca kursu", "vi": "Khóa học tiếng Đức", "ar": "دورة اللغة الألمانية", "fa": "دورهٔ زبان آلمانی"}),
    ("recognition", {"de": "Anerkennung", "en": "Recognition of qualifications", "fr": "Reconnaissance des diplômes", "ru": "Признание квалификации", "uk": "Визнання кваліфікації", "tr": "Diploma denkliği", "vi": "Công nhận bằng cấp", "ar": "الاعتراف بالشهادات", "fa": "به رسمیت شناختن مدرک"}),
    ("benefits", {"de": "Leistungen", "en": "Benefits", "fr": "Prestations sociales", "ru": "Пособия", "uk": "Соціальні виплати", "tr": "Sosyal yardımlar", "vi": "Trợ cấp", "ar": "الإعانات", "fa": "کمک‌هزینه‌ها"}),
    ("forms", {"de": "Formulare", "en": "Forms", "fr": "Formulaires", "ru": "Формуляры", "uk": "Формуляри", "tr": "Formlar", "vi": "Mẫu đơn", "ar": "الاستمارات", "fa": "فرم‌ها"}),
    ("training", {"de": "Ausbildung, EQ", "en": "Vocational training", "fr": "Formation professionnelle", "ru": "Профессиональное обучение", "uk": "Професійне навчання", "tr": "Mesleki eğitim", "vi": "Đào tạo nghề", "ar": "التدريب المهني", "fa": "آموزش حرفه‌ای"}),
    ("residence", {"de": "Aufenthalt", "en": "Residence", "fr": "Séjour", "ru": "Право пребывания", "uk": "Право на перебування", "tr": "Oturum", "vi": "Cư trú", "ar": "الإقامة", "fa": "اقامت"}),
    ("housing", {"de": "Wohnen", "en": "Housing", "fr": "Logement", "ru": "Жильё", "uk": "Житло", "tr": "Konut", "vi": "Nhà ở", "ar": "السكن", "fa": "مسکن"}),
    ("further_training", {"de": "Weiterbildung", "en": "Further training", "fr": "Formation continue", "ru": "Повышение квалификации", "uk": "Підвищення кваліфікації", "tr": "İleri eğitim", "vi": "Đào tạo nâng cao", "ar": "التدريب المستمر", "fa": "آموزش تکمیلی"}),
    ("self_employment", {"de": "Selbstständigkeit", "en": "Self-employment", "fr": "Travail indépendant", "ru": "Самозанятость", "uk": "Самозайнятість", "tr": "Serbest çalışma", "vi": "Tự kinh doanh", "ar": "العمل الحر", "fa": "خوداشتغالی"}),
    ("family", {"de": "Familie und Kinderbetreuung", "en": "Family and childcare", "fr": "Famille et garde d’enfants", "ru": "Семья и уход за детьми", "uk": "Сім’я та догляд за дітьми", "tr": "Aile ve çocuk bakımı", "vi": "Gia đình và trông trẻ", "ar": "الأسرة ورعاية الأطفال", "fa": "خانواده و مراقبت از کودک"}),
    ("health", {"de": "Gesundheit", "en": "Health", "fr": "Santé", "ru": "Здоровье", "uk": "Здоров’я", "tr": "Sağlık", "vi": "Sức khỏe", "ar": "الصحة", "fa": "سلامت"}),
    ("debts", {"de": "Schulden", "en": "Debts", "fr": "Dettes", "ru": "Долги", "uk": "Борги", "tr": "Borçlar", "vi": "Nợ", "ar": "الديون", "fa": "بدهی"}),
    ("digital", {"de": "Digitale Hilfe", "en": "Digital help", "fr": "Aide numérique", "ru": "Помощь с компьютером и телефоном", "uk": "Допомога з комп’ютером і телефоном", "tr": "Dijital yardım", "vi": "Hỗ trợ máy tính và điện thoại", "ar": "المساعدة الرقمية", "fa": "کمک دیجیتال"}),
    ("business_advice", {"de": "Betriebliche Beratung", "en": "Business advice", "fr": "Conseil aux entreprises", "ru": "Консультации для предприятий", "uk": "Консультації для підприємств", "tr": "İşletme danışmanlığı", "vi": "Tư vấn doanh nghiệp", "ar": "استشارات للمنشآت", "fa": "مشاورهٔ کسب‌وکار"}),
    ("discrimination", {"de": "Diskriminierung", "en": "Discrimination", "fr": "Discrimination", "ru": "Дискриминация", "uk": "Дискримінація", "tr": "Ayrımcılık", "vi": "Phân biệt đối xử", "ar": "التمييز", "fa": "تبعیض"}),
    ("other", {"de": "Sonstiges", "en": "Other", "fr": "Autre", "ru": "Другое", "uk": "Інше", "tr": "Diğer", "vi": "Khác", "ar": "أخرى", "fa": "سایر"}),
]  # fmt: skip

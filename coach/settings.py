"""All settings. The environment is read here and nowhere else.

With nothing set, this is the embedded product in debug: SQLite, a local Redis, our own engine.
`COACH_DEBUG=0` is production; `coach/checks.py` then refuses a half-configured one.
"""

import os
import sys
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from coach.environment import (
    database,
    flag,
    folder,
    money,
    networks,
    number,
    own_redis,
    refuse_renamed,
    secret,
    secrets,
    text,
    translated,
    words,
)
from coach.site.admin.theme import UNFOLD as UNFOLD
from coach.site.logs import LOGGING as LOGGING

ROOT = Path(__file__).resolve().parent.parent
refuse_renamed(os.environ)

# --- what this is -------------------------------------------------------------------------------
TESTING = "pytest" in sys.modules
DEBUG = flag("COACH_DEBUG", True)
COACH_DEMO = flag("COACH_DEMO", DEBUG)  # demo people, signed in by one click
VAR = folder("COACH_VAR", ROOT / "var")  # everything this instance writes

SECRET_KEY = secret("COACH_SECRET_KEY") or ("debug-only-" + "k" * 40 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "COACH_SECRET_KEY is not set. Set it, or COACH_SECRET_KEY_FILE, to 50 random characters."
    )
PUBLIC_URL = text("COACH_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = words("COACH_HOSTS", "*" if DEBUG else urlsplit(PUBLIC_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = words("COACH_TRUSTED_ORIGINS", PUBLIC_URL)
SITE_NAME = text("COACH_NAME", "Coachline")
# Whose X-Forwarded-For says where a request comes from: coach/site/proxies.py.
TRUSTED_PROXIES = networks("COACH_TRUSTED_PROXIES")

# Which program serves the web: "daphne" or "uvicorn".
SERVER = text("COACH_SERVER", "daphne" if DEBUG else "uvicorn")
if SERVER not in ("daphne", "uvicorn"):
    raise ImproperlyConfigured(f"COACH_SERVER is daphne or uvicorn, not “{SERVER}”.")

# Whether a trained model adds to what the screening rules find: handoff/screening/score.
SCREENING_SCORE = flag("COACH_SCREENING_SCORE", not TESTING)

# --- apps ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "coach.site.apps.SiteConfig",
    "coach.people.apps.PeopleConfig",
    "coach.privacy.apps.PrivacyConfig",
    "coach.personas.apps.PersonasConfig",
    "coach.talk.apps.TalkConfig",
    "coach.nutrition.apps.NutritionConfig",
    "coach.lessons.apps.LessonsConfig",
    "coach.interpreter.apps.InterpreterConfig",
    "coach.reminders.apps.RemindersConfig",
    "handoff.apps.HandoffConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "coach.site.policy.ConsolePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coach.site.private.PrivateMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coach.people.middleware.TimeZoneMiddleware",
    "axes.middleware.AxesMiddleware",
    "coach.site.once.OnceMiddleware",  # last: it calls the view
]

ROOT_URLCONF = "coach.urls"
ASGI_APPLICATION = "coach.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coach.site.pages.context.product",
                "coach.site.pages.context.orders",
                "coach.site.pages.context.unread",
            ],
        },
    }
]

# --- data ---------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {
    "default": database(secret("COACH_DATABASE_URL") or f"sqlite:///{VAR / 'coachline.sqlite3'}")
}

if TESTING:  # a file, since threads of one database in memory fail where those of a file wait
    DATABASES["default"]["TEST"] = {"NAME": str(Path(gettempdir()) / f"coachline-{os.getpid()}")}

# Broker, cache and channel layer stand on separate databases (or servers) of Redis.
REDIS_GIVEN = bool(secret("COACH_REDIS_URL"))
REDIS_URL = secret("COACH_REDIS_URL") or own_redis(VAR / "redis", number("COACH_REDIS_PORT", 6399))
BROKER_URL = secret("COACH_BROKER_URL") or f"{REDIS_URL}/0"
LAYER_URL = secret("COACH_LAYER_URL") or f"{REDIS_URL}/1"
CACHE_URL = secret("COACH_CACHE_URL") or f"{REDIS_URL}/2"
ADMISSION_URL = CACHE_URL  # the line for a live talk; "" lets everybody in
SOUND_URL = LAYER_URL  # an expert's voice on its way to the member; "" passes none on

LAYER_HOST = {"address": LAYER_URL, "socket_connect_timeout": 2}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        # The core layer drops silently under load; pub/sub delivered all, at a quarter of the cost.
        "BACKEND": "coach.push_layer.PushLayer",
        "CONFIG": {"hosts": [LAYER_HOST], "prefix": "coachline"},
    }
}
NOTHING = "django.core.cache.backends.dummy.DummyCache"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        # A Redis that accepts and says nothing must not hold up who asks.
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    },
    # Rows of the queue, drawn for all desks of a process; in tests keys come again in the next.
    "rows": {"BACKEND": NOTHING if TESTING else MEMORY, "OPTIONS": {"MAX_ENTRIES": 5000}},
}
if TESTING and not text("COACH_REDIS_URL"):
    CHANNEL_LAYERS["default"] = {"BACKEND": "tests.support.channel_layer.ThreadsafeLayer"}
    CACHES["default"] = {"BACKEND": MEMORY, "LOCATION": ""}
    ADMISSION_URL = SOUND_URL = ""

# --- work ---------------------------------------------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 30
CELERY_VISIBILITY_TIMEOUT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_keepalive": True,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "health_check_interval": 25,
    "max_retries": 1,
}
# Queues with workers of their own: a silent mail server or a slow web hook holds up nothing else.
CELERY_TASK_DEFAULT_QUEUE = "routing"
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in ("routing", "mail", "outward")]
CELERY_TASK_ROUTES = {
    f"handoff.tasks.{name}": {"queue": queue}
    for queue, names in {
        "mail": ("send_mail", "send_waiting_mails", "mail_now"),
        "outward": (
            *("send_hook", "send_waiting_hooks", "send_push", "send_waiting_pushes"),
            *("outward_now", "summarise"),
        ),
    }.items()
    for name in names
} | {"coach.reminders.tasks.send_mail": {"queue": "mail"}}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
HOURLY: dict[str, Any] = {"schedule": 3600.0, "options": {"expires": 3600}}
OFTEN: dict[str, Any] = {"schedule": 5.0, "options": {"expires": 5}}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "beat": {"task": "handoff.tasks.beat_now", **OFTEN},
    "mail": {"task": "handoff.tasks.mail_now", **OFTEN},
    "outward": {"task": "handoff.tasks.outward_now", **OFTEN},
    "forget": {"task": "coach.site.tasks.forget_answered_forms", **HOURLY},
    "tidy": {"task": "coach.people.tasks.tidy_now", **HOURLY},
    "left_open": {"task": "coach.interpreter.tasks.end_left_open_now", **HOURLY},
    "prune": {"task": "coach.site.tasks.prune_now", "schedule": crontab(hour=3, minute=17)},
    "sweep": {"task": "handoff.tasks.sweep_now", **OFTEN},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")

# --- the engine ---------------------------------------------------------------------------------
ENGINE_GIVEN = bool(text("COACH_ENGINE_URL"))
ENGINE_HOST = text("COACH_ENGINE_HOST", "127.0.0.1")
ENGINE_PORT = number("COACH_ENGINE_PORT", 8765)
EMBEDDED_URL = f"ws://{ENGINE_HOST}:{ENGINE_PORT}/v1/realtime"
ENGINE_URL = text("COACH_ENGINE_URL", EMBEDDED_URL)
ENGINE_KEY = secret("COACH_ENGINE_KEY") or ("local" if DEBUG else "")
ENGINE_MODEL = text("COACH_ENGINE_MODEL", "gpt-realtime-2.1")
# Components of the embedded engine that are other servers: the base URL (…/v1) of OpenAI's HTTP
# interface, or of anything like it. Without a URL the built-in component serves.
LLM_URL = text("COACH_LLM_URL")
LLM_KEY = secret("COACH_LLM_KEY")
LLM_MODEL = text("COACH_LLM_MODEL")
LLM_IMAGES = flag("COACH_LLM_IMAGES", False)
STT_URL = text("COACH_STT_URL")
STT_KEY = secret("COACH_STT_KEY")
STT_MODEL = text("COACH_STT_MODEL")
STT_LANGUAGES = words("COACH_STT_LANGUAGES", "*")
TTS_URL = text("COACH_TTS_URL")
TTS_KEY = secret("COACH_TTS_KEY")
TTS_MODEL = text("COACH_TTS_MODEL")
TTS_VOICES = words("COACH_TTS_VOICES")  # the usual one first
TTS_LANGUAGES = words("COACH_TTS_LANGUAGES", "*")
# The embedded engine's own rules follow authored lines; a model plays a part freely.
ENGINE_SCRIPTED = flag("COACH_ENGINE_SCRIPTED", not ENGINE_GIVEN) and not LLM_URL
# Live talks at a time with one provider, unless its row says otherwise; the others wait in line.
# One core of our own engine transcribes twelve people who speak at the same moment.
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
ENGINE_SESSIONS = number("COACH_ENGINE_SESSIONS", 12 * CORES)
ENGINE_SESSIONS_GIVEN = bool(text("COACH_ENGINE_SESSIONS"))
# Whether members may show the site's engine pictures; unset: as the console, or our LLM, has it.
ENGINE_IMAGES: bool | None = LLM_IMAGES if LLM_URL and not ENGINE_GIVEN else None
if text("COACH_ENGINE_IMAGES"):
    ENGINE_IMAGES = flag("COACH_ENGINE_IMAGES", False)
# Keys of further providers, by the name that their row in the console has: COACH_KEY_<NAME>.
ENGINE_KEYS = secrets("COACH_KEY_")
# Voice notes: the root of a Chat Completions API with audio (https://api.openai.com/v1). Without
# one, notes go to the engine of the talk.
NOTES_URL = text("COACH_NOTES_URL")
NOTES_KEY = secret("COACH_NOTES_KEY")
NOTES_PROVIDER = text("COACH_NOTES_PROVIDER", "openai")  # whose prices hold, as in the console
NOTES_MODEL = text("COACH_NOTES_MODEL", "gpt-audio")
NOTES_TRANSCRIPTION_MODEL = text("COACH_NOTES_TRANSCRIPTION_MODEL", "gpt-transcribe")
# Models that speak are often blind (gpt-audio is): notes with a picture go to the talk's engine.
NOTES_IMAGES = flag("COACH_NOTES_IMAGES", False)
# Whose translation sessions interpret (empty: the site's engine's); its models, if not the usual.
INTERPRETER_PROVIDER = text("COACH_INTERPRETER_PROVIDER")
INTERPRETER_MODEL = text("COACH_INTERPRETER_MODEL")
INTERPRETER_WRITER = text("COACH_INTERPRETER_TRANSCRIPTION_MODEL", "gpt-realtime-whisper")
# What talks may cost a day in USD, for each member and for the whole site; empty: no limit.
BUDGET_MEMBER_USD = money("COACH_BUDGET_MEMBER_USD")
BUDGET_SITE_USD = money("COACH_BUDGET_SITE_USD")

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Only where each account begins by mail does signing up not tell who is a member.
ACCOUNT_EMAIL_VERIFICATION = text("COACH_EMAIL_VERIFICATION", "optional" if DEBUG else "mandatory")
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "coach.people.accounts.AccountAdapter"
ACCOUNT_FORMS = {"signup": "coach.people.forms.SignupForm"}
# What reads a member's profile as it is typed; named here since features do not import each other.
PROFILE_FORM = "coach.people.forms.ProfileForm"
# Wrong passwords: eight by a person from an address rest that pair for a quarter of an hour, ten a
# minute rest an address. No limit counts by the person alone: strangers could keep them out.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip"}
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "coach.people.sign_in.claimed_email"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLED = not TESTING
if TESTING:  # a good hash takes half a second of a busy core, for each person that a test makes
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG and not text("COACH_EMAIL_HOST")
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = text("COACH_EMAIL_HOST")
EMAIL_PORT = number("COACH_EMAIL_PORT", 587)
EMAIL_HOST_USER = text("COACH_EMAIL_USER")
EMAIL_HOST_PASSWORD = secret("COACH_EMAIL_PASSWORD")
EMAIL_USE_TLS = flag("COACH_EMAIL_TLS", True)
EMAIL_TIMEOUT = 5  # seconds for each step of a mail: a silent server holds up one worker of mail
DEFAULT_FROM_EMAIL = text("COACH_EMAIL_FROM", "coachline@localhost")

# Whether web hooks and web push may go to hosts of a private network, also without TLS.
PRIVATE_RECEIVERS = flag("COACH_PRIVATE_RECEIVERS", False)
PUSH_SERVICES = words("COACH_PUSH_SERVICES")  # beside those of browsers: `outside/web_push.py`
# The private key of web push; empty: one that follows from SECRET_KEY (`outside/push_key.py`).
PUSH_KEY = secret("COACH_PUSH_KEY")

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = translated(ROOT / "locale")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [ROOT / "locale"]

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "coach.site.static_storage.SheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "coach.site.static_storage.ModuleStorage"
    },
}

# --- safety -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    # The console has its own, looser policy: coach/site/policy.py.
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
    },
}
HTTPS = urlsplit(PUBLIC_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # the form of a lesson has a field for each word of it

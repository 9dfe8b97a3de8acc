"""What is taken, and how much of it (trust 5.1.1, 5.2.1, 2.3.2). Sizes are in bytes."""

MEGABYTE = 1_000_000
MAX_IMAGE = 5 * MEGABYTE
MAX_DOCUMENT = 10 * MEGABYTE
MAX_UPLOAD = max(MAX_IMAGE, MAX_DOCUMENT)
# A larger upload is cut off; up to this it is read to its end and thrown away, so that
# the browser hears what was wrong.
MAX_READ = 40 * MEGABYTE
MAX_PIXELS = 60_000_000
MAX_PAGES = 200
MAX_OBJECTS = 200_000
# What a document may become when it is unpacked.
MAX_UNPACKED = 200 * MEGABYTE
IMAGE_SIZE = (1600, 4000)
THUMBNAIL_SIZE = (320, 320)
FILES_PER_VERSION = 10
FILES_PER_DAY = 60
# Tries of one person, also with files that are refused: to look at one takes seconds.
TRIES, TRIES_SECONDS = 20, 600
BYTES_PER_DAY = 200 * MEGABYTE
# From everybody together, so that no crowd of accounts fills the disk.
BYTES_PER_DAY_FROM_ALL = 2000 * MEGABYTE

IMAGE_EXTENSIONS = {"jpg", "jpeg", "png", "webp"}
DOCUMENT_EXTENSIONS = {"pdf"}
# What an <input type="file"> offers to choose from.
ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/jpeg,image/png,image/webp"

"""Train the two halves of the pipeline and put them together.

Tags, lemmas and trees come from treebanks; named entities come from other corpora and have their
own encoder. Both halves read the same static word vectors. The result is a folder that
``kg.nlp.pipeline.load_pipeline`` opens.
"""

import gzip
import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config, load_model_from_path
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from thinc.api import Config

from kg.errors import InputError
from kg.nlp.tokenizer import adapt_tokenizer
from kg.resources import data_path
from kg.train.corpora import VECTOR_TABLE, VECTOR_WORDS, make_core_sets, make_ner_sets, write_docs

CORE, NER, ENCODER, NAMES = "core", "ner", "encoder", "names"
SEEDS = {CORE: 1, NER: 7, ENCODER: 1, NAMES: 7}
HEADLINE_COUNT = 2500
_CARD = "README.md"
_DESCRIPTION = (
    "Universal Dependencies, lemmas and named entities for news on conflict and diplomacy"
)

Report = Callable[[str], None]

_log = logging.getLogger(__name__)


def train_pipeline(
    corpora: Path,
    output: Path,
    *,
    core_steps: int = 4500,
    ner_steps: int = 8000,
    jobs: int = 1,
    work: Path | None = None,
    report: Report = _log.info,
) -> Path:
    """Train a pipeline from the corpora and write it to ``output``, replacing what is there.

    The same corpora, steps and versions of the libraries give the same weights on the same kind of
    processor.

    Args:
        corpora: Folder with the files that ``kg.train.corpora`` names.
        core_steps: Updates of tagger, lemmatizer and parser, of up to 1,000 words each.
        ner_steps: Updates of the named-entity recogniser.
        jobs: With 2, both halves are trained at the same time in processes of their own.
        work: Folder for training sets, logs and checkpoints, which is kept; by default a temporary
            one.
        report: Called with a line of text at the start of each step; by default it is logged.

    Raises:
        InputError: A corpus is missing or malformed, or other files lie where to write.
    """
    check_output(output)
    with work_folder(work) as folder:
        report("reading word vectors")
        vectors = make_vectors(corpora, folder / "vectors")
        steps = {CORE: core_steps, NER: ner_steps}
        if jobs > 1:
            with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
                futures: dict[str, Future[Path]] = {}
                for half, count in steps.items():
                    report(start_message(half, count, folder))
                    futures[half] = pool.submit(
                        train_half, half, corpora, folder, vectors=vectors, steps=count
                    )
                trained = {half: future.result() for half, future in futures.items()}
        else:
            trained = {}
            for half, count in steps.items():
                report(start_message(half, count, folder))
                trained[half] = train_half(half, corpora, folder, vectors=vectors, steps=count)
        report(f"writing {output}")
        return assemble(trained[CORE], trained[NER], output)


def train_half(
    half: str,
    corpora: Path,
    work: Path,
    *,
    steps: int,
    vectors: Path | None = None,
    encoder: Path | None = None,
) -> Path:
    """Train one part under ``work`` and return the folder of the best checkpoint.

    Args:
        half: "core", "ner", "encoder" or "names".
        vectors: Folder written by ``make_vectors``, for the first two.
        encoder: Folder of the encoder that the last one judges by.
    """
    folder = work / half
    vocab = spacy.blank("en").vocab
    sets: tuple[list[Doc], list[Doc]]
    if half in (CORE, ENCODER):
        sets = make_core_sets(corpora, vocab, seed=SEEDS[half], headline_count=HEADLINE_COUNT)
    else:
        sets = make_ner_sets(corpora, vocab, seed=SEEDS[half])
    for name, docs in zip(("train", "dev"), sets, strict=True):
        write_docs(folder / f"{name}.spacy", docs)
    config = load_config(
        data_path("train", f"{half}.cfg"),
        overrides={
            "paths.train": str(folder / "train.spacy"),
            "paths.dev": str(folder / "dev.spacy"),
            "paths.vectors": vectors and str(vectors),
            **({"paths.encoder": str(encoder.resolve())} if encoder else {}),
            "training.max_steps": steps,
            "training.eval_frequency": max(1, min(500, steps)),
        },
        interpolate=False,
    )
    with (folder / "log.txt").open("w", encoding="utf-8", buffering=1) as log:
        train(init_nlp(config), folder, stdout=log, stderr=log)
    return folder / "model-best"


def make_vectors(corpora: Path, output: Path) -> Path:
    """Write the static word vectors as an empty pipeline, which is how training takes them in.

    Raises:
        InputError: The table or its word list is missing, or their lengths differ.
    """
    try:
        table = np.load(corpora / VECTOR_TABLE).astype(np.float32)
        with gzip.open(corpora / VECTOR_WORDS, "rt", encoding="utf-8") as stream:
            words = stream.read().splitlines()
    except FileNotFoundError as error:
        raise InputError(
            f"{error.filename}: no such file. Give the folder that holds the training corpora."
        ) from error
    if len(words) != len(table):
        raise InputError(
            f"{corpora / VECTOR_WORDS}: {len(words)} words for {len(table)} vectors. "
            "Use files of one origin."
        )
    nlp = adapt_tokenizer(spacy.blank("en"))
    for word in words:
        nlp.vocab.strings.add(word)
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=table, keys=words, name="minilm96")
    output.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(output)
    return output


def assemble(core: Path, ner: Path, output: Path) -> Path:
    """Join the two trained halves into the folder ``output``; of an older one, README.md stays.

    Training paths leave the configuration, and the vectors are stored in half precision:
    ``load_pipeline`` widens them again, which changes no score and spares 11 MB.
    """
    nlp = adapt_tokenizer(load_model_from_path(core))
    nlp.add_pipe("ner", source=load_model_from_path(ner))
    nlp.config = bare_config(nlp)
    describe(nlp, output.name, _DESCRIPTION)

    def write(folder: Path) -> None:
        nlp.to_disk(folder)
        table = folder / "vocab" / "vectors"
        with table.open("rb") as stream:
            vectors = np.load(stream)
        with table.open("wb") as stream:
            np.save(stream, vectors.astype(np.float16))

    return replace_folder(output, write)


def bare_config(nlp: Language) -> Config:
    """Return the configuration without what only training needs."""
    config, blank = nlp.config.copy(), spacy.blank("en").config
    for section in ("paths", "corpora", "training", "initialize"):
        config[section] = blank[section]
    config["nlp"]["after_creation"] = None
    return config


def describe(nlp: Language, name: str, description: str) -> None:
    """Say in the pipeline's own words what it is."""
    nlp.meta.update(
        name=name,
        version="1.0.0",
        description=description,
        author="kg",
        license="CC BY-SA 4.0",
    )
    for key in ("performance", "url", "email"):
        nlp.meta.pop(key, None)


def write_pipeline(nlp: Language, folder: Path) -> None:
    """Write a pipeline with the SHA-256 of its weights."""
    nlp.to_disk(folder)
    meta = folder / "meta.json"
    told = json.loads(meta.read_text(encoding="utf-8"))
    weights = sorted(folder.glob("*/model"))
    told["sha256"] = {path.relative_to(folder).as_posix(): sha256(path) for path in weights}
    meta.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_output(output: Path) -> None:
    """Make sure that a model may be written to a folder, before the work begins.

    Raises:
        InputError: What lies there is something else than a trained model.
    """
    if not output.exists() or (output / "meta.json").is_file():
        return
    if not output.is_dir() or any(path.name != _CARD for path in output.iterdir()):
        raise InputError(f"{output}: not a model. Give a new folder, or that of a model.")


def replace_folder(output: Path, write: Callable[[Path], object]) -> Path:
    """Write a folder beside and then move it, so that a reader never sees half a pipeline."""
    check_output(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=output.parent, prefix=".") as beside:
        built = Path(beside) / "new"
        write(built)
        if output.exists():
            card = output / _CARD
            if card.exists():
                shutil.copy(card, built)
            output.rename(Path(beside) / "old")
        built.rename(output)
    return output


def start_message(half: str, steps: int, work: Path) -> str:
    return f"training {half} for {steps} steps; progress in {work / half / 'log.txt'}"


@contextmanager
def work_folder(work: Path | None) -> Iterator[Path]:
    if work is None:
        with TemporaryDirectory(prefix="kg-train-") as folder:
            yield Path(folder)
    else:
        work.mkdir(parents=True, exist_ok=True)
        yield work

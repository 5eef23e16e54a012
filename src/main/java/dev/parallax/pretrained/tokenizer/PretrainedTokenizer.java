package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.pretrained.tokenizer.AddedTokens.Segment;
import dev.parallax.pretrained.tokenizer.PostProcessor.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The tokenizer of a pretrained text encoder. The ids are those of Hugging Face's library `tokenizers`.
///
/// With the components of published encoders, a text of n characters takes O(n log n), whatever it
/// contains. Not modifiable; any number of threads may use it.
public final class PretrainedTokenizer {

    private final List<AddedToken> addedTokens;
    private final AddedTokens verbatim;
    private final AddedTokens normalized;
    private final Normalizer normalizer;
    private final PreTokenizer preTokenizer;
    private final TokenModel model;
    private final PostProcessor postProcessor;
    private final Truncation truncation;

    PretrainedTokenizer(
            List<AddedToken> addedTokens,
            Normalizer normalizer,
            PreTokenizer preTokenizer,
            TokenModel model,
            PostProcessor postProcessor,
            Truncation truncation) {
        this.addedTokens = addedTokens;
        this.verbatim = AddedTokens.verbatim(addedTokens);
        this.normalized = AddedTokens.normalized(addedTokens, normalizer);
        this.normalizer = normalizer;
        this.preTokenizer = preTokenizer;
        this.model = model;
        this.postProcessor = postProcessor;
        this.truncation = truncation;
    }

    /// Reads the tokenizer in the folder of an encoder: `tokenizer.json`; else `vocab.txt` (BERT); else
    /// `vocab.json` and `merges.txt` (RoBERTa, GPT-2). The maximum length is, of these, the first that is
    /// there: `max_seq_length` of `sentence_bert_config.json`, `model_max_length` of
    /// `tokenizer_config.json`, `truncation` of `tokenizer.json`. Padding is not read, since no batch
    /// here is padded.
    ///
    /// @throws BadInputException if files are missing, do not fit together or ask for what is not supported
    public static PretrainedTokenizer read(Path folder) {
        return new TokenizerFolder(folder).read();
    }

    /// The same tokenizer with another maximum length.
    ///
    /// @param maxLength the most tokens of a text or a pair, special ones included, at least 1
    public PretrainedTokenizer withMaxLength(int maxLength) {
        return with(new Truncation(maxLength, truncation.strategy(), truncation.fromLeft()));
    }

    PretrainedTokenizer with(Truncation other) {
        return new PretrainedTokenizer(addedTokens, normalizer, preTokenizer, model, postProcessor, other);
    }

    PretrainedTokenizer with(Normalizer other) {
        return new PretrainedTokenizer(addedTokens, other, preTokenizer, model, postProcessor, truncation);
    }

    Normalizer normalizer() {
        return normalizer;
    }

    Truncation truncation() {
        return truncation;
    }

    /// The most tokens of a text or a pair; `Integer.MAX_VALUE` for no limit.
    public int maxLength() {
        return truncation.maxLength();
    }

    /// The largest id plus 1, the least number of rows that the encoder's embedding must have.
    public int vocabularySize() {
        int added = addedTokens.stream().mapToInt(AddedToken::id).max().orElse(-1) + 1;
        return Math.max(added, model.ids().size());
    }

    /// Whether an id stands for what has no token.
    public boolean isUnknown(int id) {
        Integer unknown = model.unknown();
        return unknown != null && unknown == id;
    }

    /// A text as the encoder reads it.
    ///
    /// @param text any text; halves of surrogate pairs are read as U+FFFD
    /// @throws BadInputException if it has more than 2^24 characters, or the maximum length leaves no
    ///     room for the special tokens
    public Encoding encode(String text) {
        return assemble(List.of(tokens(text, 0)), postProcessor.single());
    }

    /// A pair of texts as the encoder reads it.
    ///
    /// @throws BadInputException as for one text, or if the tokenizer does not say how pairs are read
    public Encoding encode(String text, String pair) {
        if (postProcessor.pair().isEmpty()) {
            throw new BadInputException("this tokenizer does not say how a pair of texts is read; give one text");
        }
        return assemble(List.of(tokens(text, 0), tokens(pair, 1)), postProcessor.pair());
    }

    /// All tokens of a text, before some are added or cut; their types are not known yet.
    private List<Encoding.Token> tokens(String text, int number) {
        List<Encoding.Token> tokens = new ArrayList<>();
        for (Segment raw : verbatim.split(AlignedText.of(text))) {
            if (raw.isToken()) {
                tokens.add(whole(raw, text, number));
                continue;
            }
            for (Segment segment : normalized.split(normalizer.normalize(raw.text()))) {
                if (segment.isToken()) {
                    tokens.add(whole(segment, text, number));
                    continue;
                }
                for (AlignedText word : preTokenizer.words(segment.text())) {
                    for (TokenModel.Piece piece : model.tokenize(word.text())) {
                        int from = word.start(piece.from());
                        int to = word.end(piece.to() - 1);
                        tokens.add(token(piece.id(), from, to, text, number));
                    }
                }
            }
        }
        return tokens;
    }

    private Encoding.Token whole(Segment segment, String text, int number) {
        AlignedText found = segment.text();
        return token(segment.id(), found.start(0), found.end(found.length() - 1), text, number);
    }

    private Encoding.Token token(int id, int from, int to, String text, int number) {
        int start = from;
        int end = to;
        if (postProcessor.trimOffsets()) {
            while (start < end && text.charAt(start) == ' ') {
                start++;
            }
            while (start < end && text.charAt(end - 1) == ' ') {
                end--;
            }
        }
        return new Encoding.Token(id, 0, number, start, end);
    }

    private Encoding assemble(List<List<Encoding.Token>> texts, List<Part> template) {
        boolean isPair = texts.size() == 2;
        int first = texts.getFirst().size();
        int second = isPair ? texts.getLast().size() : 0;
        int added = PostProcessor.added(template);
        Truncation.Kept kept = truncation.kept(first, second, isPair, added);
        List<Encoding.Token> tokens = new ArrayList<>();
        for (Part part : template) {
            switch (part) {
                case Part.Special(int id, int type) ->
                    tokens.add(new Encoding.Token(id, type, Encoding.Token.NO_TEXT, 0, 0));
                case Part.Text(int text, int type) -> {
                    for (Encoding.Token each : cut(texts.get(text), text == 0 ? kept.first() : kept.second())) {
                        tokens.add(new Encoding.Token(each.id(), type, text, each.start(), each.end()));
                    }
                }
            }
        }
        return new Encoding(tokens, first + second + added);
    }

    private List<Encoding.Token> cut(List<Encoding.Token> tokens, int kept) {
        return truncation.fromLeft() ? tokens.subList(tokens.size() - kept, tokens.size()) : tokens.subList(0, kept);
    }
}

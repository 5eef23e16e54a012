package dev.parallax.model.attention;

import dev.parallax.data.WordTimes;
import dev.parallax.model.EmotionModel;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.pretrained.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.List;

/// From tokens to the words of a text, which blanks separate: `came,` is a word of two tokens.
public final class WordRows {

    private WordRows() {}

    /// The word of each token; -1 for one that stands for none, as a pretrained encoder adds some.
    ///
    /// @param count how many tokens are read
    public static int[] wordOfToken(EmotionModel model, String text, int count) {
        FrozenText encoder = model.encoders().text();
        List<Integer> owners = new ArrayList<>();
        if (encoder != null) {
            for (Encoding.Token token : encoder.tokens(text).tokens()) {
                owners.add(token.isAdded() ? -1 : WordTimes.wordAt(text, token.start()));
            }
        } else {
            String[] words = WordTimes.words(text);
            for (int word = 0; word < words.length; word++) {
                int tokens = model.config().tokenizer().tokenize(words[word]).size();
                for (int i = 0; i < tokens; i++) {
                    owners.add(word);
                }
            }
        }
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i < owners.size() ? owners.get(i) : -1;
        }
        return all;
    }
}

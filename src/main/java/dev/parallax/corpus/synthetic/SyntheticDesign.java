package dev.parallax.corpus.synthetic;

import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Deals out splits, types, classes and symbols by quota: in every split and type the classes are exactly equally
/// frequent, and of its n utterances exactly round(error · n) show a wrong symbol in each informative perspective. So
/// the corpus has the proportions that its ceilings are computed from, not only on average.
final class SyntheticDesign {

    /// One type within one split.
    private record Cell(Split split, Type type) {}

    private record Draft(Type type, int emotion, Symbol audio, Symbol text) {}

    private final SyntheticSettings settings;
    private final RandomStream random;
    private final List<Planned> planned = new ArrayList<>();

    private SyntheticDesign(SyntheticSettings settings) {
        this.settings = settings;
        this.random = new RandomStream(settings.seed(), 0, Streams.PLAN, 0);
    }

    /// The utterances, first those for training, then validation, then test; within a split in random order.
    static List<Planned> of(SyntheticSettings settings) {
        SyntheticDesign plan = new SyntheticDesign(settings);
        Map<Cell, Integer> quotas = plan.quotas();
        int firstSpeaker = 0;
        for (Split split : Split.values()) {
            int speakers = speakers(settings, split);
            plan.deal(split, quotas, firstSpeaker, speakers);
            firstSpeaker += speakers;
        }
        return List.copyOf(plan.planned);
    }

    /// How many speakers a split has: its share, at least one (two where a share of the speakers allows a low and a
    /// high voice); training takes the rest.
    private static int speakers(SyntheticSettings settings, Split split) {
        int val = Math.max(2, (int) Math.round(settings.speakers() * Split.VAL.share));
        int test = Math.max(2, (int) Math.round(settings.speakers() * Split.TEST.share));
        return switch (split) {
            case TRAIN -> settings.speakers() - val - test;
            case VAL -> val;
            case TEST -> test;
        };
    }

    /// Utterances of a class in each cell; they add up to size / K.
    private Map<Cell, Integer> quotas() {
        int units = settings.size() / Symbol.CLASSES;
        List<Cell> cells = new ArrayList<>();
        for (Split split : Split.values()) {
            for (Type type : Type.values()) {
                cells.add(new Cell(split, type));
            }
        }
        int[] rounded = Quotas.rounded(cells.stream()
                .mapToDouble(cell -> units * cell.split.share * settings.share(cell.type))
                .toArray());
        Map<Cell, Integer> quotas = new LinkedHashMap<>();
        for (int i = 0; i < rounded.length; i++) {
            quotas.put(cells.get(i), rounded[i]);
        }
        return quotas;
    }

    private void deal(Split split, Map<Cell, Integer> quotas, int firstSpeaker, int speakers) {
        List<Draft> drafts = new ArrayList<>();
        quotas.forEach((cell, perClass) -> {
            if (cell.split == split) {
                drafts.addAll(drafts(cell.type, perClass));
            }
        });
        int[] order = permutation(drafts.size());
        for (int i = 0; i < order.length; i++) {
            Draft draft = drafts.get(order[i]);
            planned.add(new Planned(
                    planned.size(),
                    split,
                    firstSpeaker + i % speakers,
                    draft.type,
                    draft.emotion,
                    draft.audio,
                    draft.text));
        }
    }

    /// The utterances of one type in one split, `perClass` of each class.
    private List<Draft> drafts(Type type, int perClass) {
        int n = perClass * Symbol.CLASSES;
        Symbol[] audio = shown(n);
        Symbol[] text = shown(n);
        int[] offsets = {
            random.nextInt(Symbol.CLASSES),
            random.nextInt(Symbol.CLASSES),
            random.nextInt(Symbol.CLASSES),
            random.nextInt(Symbol.CLASSES)
        };
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int emotion = i % Symbol.CLASSES;
            int audioSign = (offsets[emotion] + i / Symbol.CLASSES) % Symbol.CLASSES;
            int textSign = Math.floorMod(emotion - audioSign, Symbol.CLASSES);
            drafts.add(
                    switch (type) {
                        case AUDIO -> new Draft(type, emotion, audio[i], Symbol.NEUTRAL);
                        case TEXT -> new Draft(type, emotion, Symbol.NEUTRAL, text[i]);
                        case BOTH -> new Draft(type, emotion, audio[i], text[i]);
                        case SYNERGY -> new Draft(type, emotion, Symbol.sign(audioSign), Symbol.sign(textSign));
                    });
        }
        return drafts;
    }

    /// What an informative perspective shows of the classes 0, 1, .. K-1, 0, 1, ..: the class itself, except for
    /// round(error · n) of them, which show one of the others, each equally likely.
    private Symbol[] shown(int n) {
        Symbol[] shown = new Symbol[n];
        int[] order = permutation(n);
        long wrong = Math.round(settings.error() * n);
        for (int place = 0; place < n; place++) {
            int emotion = order[place] % Symbol.CLASSES;
            int shift = place < wrong ? 1 + random.nextInt(Symbol.CLASSES - 1) : 0;
            shown[order[place]] = Symbol.emotion((emotion + shift) % Symbol.CLASSES);
        }
        return shown;
    }

    private int[] permutation(int n) {
        int[] order = IntStream.range(0, n).toArray();
        random.shuffle(order);
        return order;
    }
}

package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// ELAN (`.eaf`): tiers of annotations between time slots, in XML. A tier is a speaker, by its participant or its
/// name; an annotation is a turn.
///
/// Tiers that depend on another one (`PARENT_REF`: translations, single words) are passed over. A time slot without
/// a time lies evenly between its neighbours, as ELAN shows it. A document type and entities of its own are refused,
/// so that nothing outside the file is read.
///
/// Source: Max Planck Institute for Psycholinguistics, "EAF annotation format" 3.0.
record Elan() implements TranscriptFormat {

    private static final Pattern XML = Pattern.compile("\\s*(?:<\\?xml|<!DOCTYPE|<!--|<ANNOTATION_DOCUMENT)");
    private static final double PER_SECOND = 1000; // time slots are in milliseconds

    @Override
    public String title() {
        return "ELAN";
    }

    @Override
    public boolean begins(String text) {
        return XML.matcher(text).lookingAt();
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            Document document = new Document(factory.createXMLStreamReader(new StringReader(text.strip())), where);
            List<SpokenTurn> turns = document.read();
            turns.sort(Comparator.comparingDouble(SpokenTurn::start)); // tiers stand one below the other
            document.dependent.forEach(tier ->
                    notes.accept("tier \"" + tier + "\" passed over: its annotations are parts of another tier's"));
            return turns;
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            throw new BadInputException(where + " line " + line + ": is not whole XML; export the file again", e);
        }
    }

    /// An annotation whose times are not known yet.
    private record Annotation(int line, String speaker, String from, String to, String text) {}

    private static final class Document {
        private final XMLStreamReader xml;
        private final String where;
        private final Map<String, @Nullable Double> slots = new LinkedHashMap<>();
        private final List<Annotation> annotations = new ArrayList<>();
        private final Set<String> dependent = new LinkedHashSet<>();
        private String tier = "";
        private String speaker = "";

        Document(XMLStreamReader xml, String where) {
            this.xml = xml;
            this.where = where;
        }

        List<SpokenTurn> read() throws XMLStreamException {
            boolean isRoot = true;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw refused("has a document type, which a file of ELAN has not; remove it");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (isRoot && !xml.getLocalName().equals("ANNOTATION_DOCUMENT")) {
                        throw refused("is XML of another kind: its root is " + Lines.shown(xml.getLocalName())
                                + ", that of ELAN is ANNOTATION_DOCUMENT");
                    }
                    isRoot = false;
                    element();
                }
            }
            Map<String, Double> times = times();
            List<SpokenTurn> turns = new ArrayList<>();
            for (Annotation annotation : annotations) {
                Span span = new Span(time(times, annotation, annotation.from), time(times, annotation, annotation.to));
                turns.add(new SpokenTurn(
                        span, annotation.speaker.isEmpty() ? null : annotation.speaker, List.of(), annotation.text));
            }
            return turns;
        }

        private void element() throws XMLStreamException {
            switch (xml.getLocalName()) {
                case "TIME_SLOT" -> slots.put(attribute("TIME_SLOT_ID"), milliseconds());
                case "TIER" -> {
                    tier = attribute("TIER_ID");
                    String participant = Lines.spaced(attribute("PARTICIPANT"));
                    speaker = participant.isEmpty() ? Lines.spaced(tier) : participant;
                    if (!attribute("PARENT_REF").isEmpty()) {
                        dependent.add(tier);
                    }
                }
                case "ALIGNABLE_ANNOTATION" -> annotation();
                default -> {}
            }
        }

        private void annotation() throws XMLStreamException {
            int line = xml.getLocation().getLineNumber();
            String from = attribute("TIME_SLOT_REF1");
            String to = attribute("TIME_SLOT_REF2");
            while (xml.next() != XMLStreamConstants.START_ELEMENT) {
                if (xml.getEventType() == XMLStreamConstants.END_ELEMENT) {
                    return; // no value
                }
            }
            String text = Lines.spaced(xml.getElementText());
            if (!dependent.contains(tier)) {
                annotations.add(new Annotation(line, speaker, from, to, text));
            }
        }

        private String attribute(String name) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }

        private @Nullable Double milliseconds() {
            String value = attribute("TIME_VALUE");
            if (value.isEmpty()) {
                return null;
            }
            if (!value.matches("-?\\d{1,12}")) {
                throw refused("TIME_VALUE " + Lines.shown(value) + " is no whole number of milliseconds; mend it");
            }
            return (double) Long.parseLong(value);
        }

        private BadInputException refused(String why) {
            return new BadInputException(where + " line " + xml.getLocation().getLineNumber() + ": " + why);
        }

        /// All slots with their times [s]; those without lie evenly between their neighbours.
        private Map<String, Double> times() {
            List<Map.Entry<String, @Nullable Double>> all = List.copyOf(slots.entrySet());
            Map<String, Double> times = new LinkedHashMap<>();
            double before = 0;
            for (int i = 0; i < all.size(); i++) {
                int next = i;
                while (next < all.size() && all.get(next).getValue() == null) {
                    next++;
                }
                Double known = next < all.size() ? all.get(next).getValue() : null;
                double after = known == null ? before : known;
                for (int j = i; j <= Math.min(next, all.size() - 1); j++) {
                    double time = j == next ? after : before + (after - before) * (j - i + 1) / (next - i + 1);
                    times.put(all.get(j).getKey(), time / PER_SECOND);
                }
                before = after;
                i = next;
            }
            return times;
        }

        private double time(Map<String, Double> times, Annotation annotation, String slot) {
            Double time = times.get(slot);
            if (time == null) {
                throw new BadInputException(where + " line " + annotation.line + ": there is no time slot "
                        + Lines.shown(slot) + " in the file; export it again");
            }
            return time;
        }
    }
}

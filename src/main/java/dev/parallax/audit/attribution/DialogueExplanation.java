package dev.parallax.audit.attribution;

import dev.parallax.audit.DialogueAudit;
import dev.parallax.audit.DialogueAudit.FollowedTurn;
import dev.parallax.data.DialogueExample;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.ReadTurn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the answers to the turns of a dialogue hang on, asked in several ways.
///
/// @param occlusion the probability without each turn
/// @param turns     of each turn
/// @param checks    whether the attribution is true, or null where it was not asked
public record DialogueExplanation(
        TurnOcclusion occlusion,
        List<TurnExplanation> turns,
        @Nullable DialogueChecks checks) {

    private static final RecordJson<DialogueChecks> CHECKS = RecordJson.of(DialogueChecks.class);

    /// The most sets that are left out, of each turn, beside single turns.
    public static final int BUDGET = 250;

    /// The same of all turns together.
    public static final int BUDGET_OF_DIALOGUE = 5000;

    public DialogueExplanation {
        turns = List.copyOf(turns);
    }

    /// Explains the answers to a dialogue.
    ///
    /// @param audit   of the same model
    /// @param checked whether the attribution is checked too ([DialogueChecks]), which takes longer
    public static DialogueExplanation of(DialogueModel model, DialogueAudit audit, boolean checked) {
        FewerTurns fewer = new FewerTurns(model, audit);
        DialogueExample dialogue =
                ReadTurn.dialogue(audit.turns().stream().map(FollowedTurn::read).toList());
        TurnOcclusion occlusion = TurnOcclusion.of(fewer);
        int budget = Math.min(BUDGET, BUDGET_OF_DIALOGUE / fewer.count());
        List<TurnExplanation> turns = new ArrayList<>();
        for (int turn = 0; turn < fewer.count(); turn++) {
            turns.add(TurnExplanation.of(fewer, dialogue, turn, occlusion.losses(turn), budget));
        }
        return new DialogueExplanation(occlusion, turns, checked ? DialogueChecks.of(fewer, dialogue, turns) : null);
    }

    /// All of it, for programs: what is known of each turn in one object ([TurnOcclusion#toJson], [TurnExplanation]).
    /// Turns are counted from 0; what is not there is null.
    public JsonObject toJson() {
        List<JsonObject> all = new ArrayList<>();
        List<JsonObject> left = occlusion.toJson().array("turns").objects();
        for (int turn = 0; turn < turns.size(); turn++) {
            all.add(left.get(turn).with(turns.get(turn).toJson()));
        }
        JsonObject json = Json.object().with("turns", Json.array(all));
        return checks == null ? json : json.with("checks", CHECKS.write(checks));
    }
}

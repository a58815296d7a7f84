package org.consentry.export;

import java.util.function.Supplier;
import org.consentry.export.sort.SortSizes;
import org.consentry.plan.ExportPlan;

/** The stages of a run of a checked plan. */
public final class Export
    implements ExportStages<RunDecisions, Extraction, StagedTables, SealedRun> {

  private final ExportPlan plan;
  private final RunContext context;
  private final SentRun sent;
  private final DecideStage decide;
  private final RiskStage extract;
  private final Supplier<QualityCheck> quality;
  private final SortStage sort;
  private final SealStage seal;
  private final PublishStage publish;

  /** A run of a checked plan. */
  public Export(ExportPlan plan, RunKeys keys, RunContext context) {
    this(plan, keys, context, SortSizes.USUAL);
  }

  /** A run that cuts parts of another size. */
  public Export(ExportPlan plan, RunKeys keys, RunContext context, SortSizes sizes) {
    this.decide = new DecideStage(plan, keys, context);
    this.plan = plan;
    this.context = context;
    this.sent = new SentRun(plan, keys, context, sizes);
    SplitSetting setting =
        SplitSetting.of(plan, keys, context.staging(), context.progress(), sizes);
    this.extract = new RiskStage(plan, keys, context, new ExtractStage(setting, sent));
    this.quality = () -> new QualityCheck(plan, context);
    this.sort = new SortStage(plan, context, sizes);
    this.seal = new SealStage(plan, keys, context);
    this.publish = new PublishStage(plan, context);
  }

  @Override
  public void readAhead() {
    decide.readAhead();
  }

  @Override
  public RunDecisions decide(Workers workers) {
    SharedFiles.begin(plan, sent, context.staging(), workers);
    return decide.run(workers);
  }

  @Override
  public Extraction extract(RunDecisions decisions, Workers workers) {
    Extraction extraction = extract.run(decisions, workers);
    context.staging().removeHalves();
    quality.get().require(extraction);
    return extraction;
  }

  @Override
  public StagedTables sort(Extraction extraction, Workers workers) {
    return sort.run(extraction, workers);
  }

  @Override
  public SealedRun seal(StagedTables tables, Workers workers) {
    return seal.run(tables, workers);
  }

  @Override
  public Publication publish(SealedRun release) {
    return publish.run(release);
  }
}

package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.DimensionNamed;
import io.opsiq.analyst.Meaning.Every;
import io.opsiq.analyst.Meaning.MetricNamed;
import io.opsiq.analyst.Meaning.ValueNamed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words that are known whatever the books hold: names and synonyms of the model, and the words that say what to do. */
final class Lexicon {

    private static final Map<Cue, String> CUES = cues();
    private static final Map<String, Grain> EVERY = Map.of(
            "monthly",
            Grain.MONTH,
            "daily",
            Grain.DAY,
            "weekly",
            Grain.WEEK,
            "quarterly",
            Grain.QUARTER,
            "yearly",
            Grain.YEAR,
            "annual",
            Grain.YEAR,
            "annually",
            Grain.YEAR);

    /** What the contract calls things, whether these books have them or not. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "status",
            List.of(
                    "paid",
                    "open",
                    "void",
                    "completed",
                    "failed",
                    "pending",
                    "active",
                    "churned",
                    "trial",
                    "paused",
                    "cancelled",
                    "approved",
                    "rejected",
                    "false_positive",
                    "accepted",
                    "resolved",
                    "suppressed"),
            "severity",
            List.of("low", "medium", "high", "critical"),
            "anomaly_type",
            List.of(
                    "duplicate_refund",
                    "refund_exceeds_payment",
                    "orphan_refund",
                    "refund_after_dispute",
                    "refund_spike",
                    "manual_credit",
                    "split_credit",
                    "self_approved_credit",
                    "underbilling",
                    "tier_mismatch",
                    "stale_price",
                    "expired_discount",
                    "quantity_mismatch",
                    "missing_invoice",
                    "duplicate_invoice",
                    "billed_after_cancellation",
                    "invoice_line_mismatch",
                    "unbilled_usage",
                    "usage_without_subscription",
                    "duplicate_payment",
                    "short_payment",
                    "uncollected_invoice",
                    "unapplied_payment",
                    "payment_failure_spike",
                    "revenue_drop"));

    private final Map<List<String>, List<Meaning>> phrases = new HashMap<>();
    private final Map<String, String> suggestions = new LinkedHashMap<>();
    private int longest = 1;

    Lexicon(SemanticModel model) {
        CUES.forEach((cue, words) -> {
            for (String phrase : words.split(",", -1)) {
                add(phrase, cue);
            }
        });
        EVERY.forEach((word, grain) -> add(word, new Every(grain)));
        for (Grain grain : Grain.values()) {
            for (String every : List.of(
                    "by %s",
                    "per %s",
                    "each %s",
                    "every %s",
                    "%s by %s",
                    "%s over %s",
                    "%s on %s",
                    "for each %s",
                    "%s",
                    "across %s",
                    "by each %s")) {
                add(every.replace("%s", grain.word()), new Every(grain));
            }
        }
        add("mom", new Every(Grain.MONTH));
        model.metrics().forEach(metric -> addMetric(metric));
        model.dimensions().forEach(dimension -> {
            addDimension(dimension.name(), dimension);
            addDimension(dimension.label(), dimension);
            dimension.synonyms().forEach(synonym -> addDimension(synonym, dimension));
        });
        VALUES.forEach((dimension, values) -> values.forEach(value -> add(value, new ValueNamed(dimension, value))));
    }

    /** The words of the model that comes with the program. */
    static Lexicon shipped() {
        return Shipped.LEXICON;
    }

    private static final class Shipped {

        static final Lexicon LEXICON = new Lexicon(SemanticModel.shipped());
    }

    private void addMetric(Metric metric) {
        if (!metric.hidden()) {
            MetricNamed meaning = new MetricNamed(metric.name());
            List<String> names = new ArrayList<>(metric.synonyms());
            names.add(metric.name());
            names.add(metric.label());
            names.forEach(name -> {
                add(name, meaning);
                suggestions.putIfAbsent(name.replace('_', ' '), metric.label());
            });
        }
    }

    private void addDimension(String name, Dimension dimension) {
        add(name, new DimensionNamed(dimension.name()));
        suggestions.putIfAbsent(name.replace('_', ' '), name.replace('_', ' '));
    }

    private void add(String phrase, Meaning meaning) {
        List<String> stems = Words.stems(phrase.replace('_', ' '));
        List<Meaning> meanings = phrases.computeIfAbsent(stems, key -> new ArrayList<>());
        if (!meanings.contains(meaning)) {
            meanings.add(meaning);
        }
        longest = Math.max(longest, stems.size());
    }

    /** Most words that a phrase has. */
    int longest() {
        return longest;
    }

    List<Meaning> meanings(List<String> stems) {
        return phrases.getOrDefault(stems, List.of());
    }

    /** Names that are spelled much like the word. */
    Collection<String> like(String word) {
        Set<String> found = new TreeSet<>();
        for (Map.Entry<String, String> each : suggestions.entrySet()) {
            if (isLike(word, each.getKey())) {
                found.add(each.getKey());
            }
        }
        return found;
    }

    static boolean isLike(String word, String name) {
        int most = word.length() < 5 ? 1 : 2;
        return word.length() > 3 && Math.abs(word.length() - name.length()) <= most && distance(word, name) <= most;
    }

    /** Edits that lead from one to the other; two neighbours that changed places are one. */
    private static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[one.length()][other.length()];
    }

    private static Map<Cue, String> cues() {
        Map<Cue, String> cues = new EnumMap<>(Cue.class);
        cues.put(
                Cue.WHY,
                "why,what caused,what causes,what is causing,what drove,what drives,what is driving,what has driven,explain,what explains,"
                        + "what happened to,what is behind,what was behind,driver of,what made,how come,reason behind,what moved,what are the driver of,what is the reason for,what led to");
        cues.put(
                Cue.CHANGE,
                "change,changed,what changed,what has changed,moved,move,development,develop,developed,growth");
        cues.put(
                Cue.TREND,
                "trend,trending,over time,evolution,evolve,evolved,history,historical,timeline,time series,trajectory,trendline");
        cues.put(
                Cue.TOP,
                "top,highest,most,most common,most frequent,largest,biggest,greatest,best,maximum,max,leading,main,high to low,the most");
        cues.put(Cue.BOTTOM, "bottom,lowest,least,smallest,fewest,minimum,min");
        cues.put(Cue.COUNT, "how many,number of,count of,count,no of,amount of times,how often");
        cues.put(
                Cue.SHARE,
                "share,percentage,percent,proportion,what part,fraction,contribution,distribution,split,mix,composition,share of,percentage of,what share of");
        cues.put(Cue.LIST, "list,list all,detail,details of,show the individual,itemize,enumerate");
        cues.put(
                Cue.DEFINE,
                "define,definition,definition of,meaning of,what does,mean,means,defined,calculated,computed,calculate,measured,how do you calculate,how do you compute,how do you define,what do you mean by,what is meant by");
        cues.put(Cue.WHICH, "which,what,who");
        cues.put(
                Cue.BY,
                "by,per,for each,each,across,split by,broken down by,break down by,break down,breakdown of,breakdown by,breakdown,grouped by,group by,by each,segmented by,sliced by,among,every,per each,divided by,split across,distributed by,distributed across,ranked by,sorted by,sort by,ordered by,order by,rank by");
        cues.put(
                Cue.EXCEPT,
                "excluding,except,except for,without,other than,not,but not,apart from,exclude,excl,not including,besides,not in,not from,outside,outside of,but");
        cues.put(Cue.AND, "and,as well as,plus,or,along with,together with");
        cues.put(
                Cue.VERSUS,
                "versus,vs,compared to,compared with,compare to,compare with,against,relative to,than,compare,comparison,comparison of,comparison between,comparing,compared,in comparison to,difference between,difference,differ,change from");
        cues.put(
                Cue.THE_ONE_BEFORE,
                "the previous period,previous period,prior period,the prior period,the period before,period before,the month before,month before,the week before,week before,the quarter before,the year before,the one before,before that,the previous one,period over period,the previous month,preceding period");
        cues.put(
                Cue.A_YEAR_AGO,
                "same period last year,the same period last year,same period of last year,same month last year,same quarter last year,the same month last year,the same quarter last year,same time last year,the year before that,same month a year ago,same period a year ago,year on year,yoy,year over year");
        cues.put(
                Cue.UP,
                "up,increase,increased,increasing,rise,rose,risen,rising,grow,grew,grown,growing,higher,jump,jumped,surge,surged,climb,climbed,climbing,gone up,go up,went up,going up,spike,spiked,improve,improved,improving,so high,this high");
        cues.put(
                Cue.DOWN,
                "down,decrease,decreased,decreasing,drop,dropped,dropping,fall,fell,fallen,falling,decline,declined,declining,lower,dip,dipped,shrink,shrank,shrinking,gone down,go down,went down,going down,reduced,so low,this low,less,worse");
        cues.put(
                Cue.FUTURE,
                "will,forecast,predict,prediction,projected,projection,future,going to be,upcoming,expect,next");
        cues.put(
                Cue.FOLLOW,
                "what about,how about,and what about,and how about,same for,the same for,now,instead,and now,only,just,same,and the same for");
        cues.put(
                Cue.TOTAL,
                "total,overall,in total,altogether,in all,sum,sum of,all,entire,whole,combined,grand total,total of,total amount of,total amount,our");
        cues.put(
                Cue.FILLER,
                "a,an,the,is,are,was,were,be,been,being,am,do,does,did,done,has,have,had,having,of,for,in,on,at,to,from,with,into,within,during,over,"
                        + "i,me,my,we,us,you,your,their,its,it,they,them,there,that,these,those,this,so,then,also,please,pls,kindly,thanks,thank,hi,hello,hey,"
                        + "can,could,would,should,may,might,let,know,tell,give,get,show,display,see,view,find,present,pull,fetch,report,want,need,like,look,looking,take,"
                        + "how,much,value,amount,figure,data,number,stat,statistic,metric,kpi,result,information,info,"
                        + "chart,graph,plot,diagram,visualize,draw,"
                        + "currently,current,actually,exactly,really,far,recently,as,if,any,some,which is,which are,come,came,coming,made,make,generate,generated,occur,occurred,happen,happened,"
                        + "due,go,going,gone,look like,quick,overview,summary,summarize,business,company,question,answer,per se,book,the book,system,"
                        + "at the moment,right now,as of now,at present,so far,to date,up to now,till now,until now,been like,doing,performing,perform,performed,money,about,did we issue,do we issue,have we issue,we issue,we issued,was issued,were issued,issued,the month of,month of,the quarter of,quarter of,the year of,year of,lose to,lost to,lose in,lost in,"
                        + "contribute,contributed,contributes,account for,accounts for,accounted,cause,caused,highest to lowest,in descending order,rate of change,value of");
        return cues;
    }
}

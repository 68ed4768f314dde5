/* Line 7 of a month, written by hand: positions, what fades, joint working.

   The peer of sim/rules/joint.py and sim/rules/easing.py: the same arithmetic in the same
   order over the same arrays, so that the numbers are the same to the last bit.  It keeps no
   ledger and tells no events.  Rows of the arrays (TRUST, COMMITMENT, ...) come from
   sim/fields.py as -D definitions: see benchmarks/limit.py, which compiles and calls this. */

#include <math.h>
#include <string.h>

struct sizes {
    long partners, axes, block; /* block: float64 values in a whole state */
};

/* The parameters that are read here, in the order of PARAMETERS in benchmarks/limit.py. */
struct theta {
    double openness, trust_weights, stubbornness, position_rate, need_pull;
    double neglect, institutional_trust, history_fade, understanding_fade;
    double contact_fade, meeting_base, commitment_rest, commitment_drift;
    double safety_mean, safety_drift, capability_decay, avoidance_mean;
    double mandate_suffices, joint_without_trust, joint_gate_low, joint_gate_high;
    double integration_lag, joint_decay;
};

/* Where the arrays of a state begin, as sim.state.State has them. */
struct state {
    double *partner, *pair, *position, *place, *met;
};

static inline double clamp01(double x) { return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x; }

static inline double least(double a, double b) { return a < b ? a : b; }

static inline double close_on(double x, double g)
{
    return g >= 0.0 ? x + least(g, 1.0) * (1.0 - x) : x + (g > -1.0 ? g : -1.0) * x;
}

/* Newton's iteration, as the rules have it: the C library's cbrt would give other bits. */
static inline double cube_root(double x)
{
    if (x <= 0.0)
        return 0.0;
    double y = 0.3 + 0.7 * x;
    for (int k = 0; k < 12; k++) {
        const double closer = (2.0 * y + x / (y * y)) / 3.0;
        if (closer == y)
            break;
        y = closer;
    }
    return y;
}

static inline double smooth(double x, double low, double high)
{
    double span = high - low;
    double t = clamp01((x - low) / (span > 1e-9 ? span : 1e-9));
    return t * t * (3.0 - 2.0 * t);
}

static void positions(const struct sizes *z, const struct theta *th, const double *restrict need,
                      const struct state *s)
{
    const long n = z->partners, axes = z->axes;
    double *restrict now = s->position + POS_NOW * n * axes;
    const double *restrict first = s->position + POS_FIRST * n * axes;
    const double *restrict commitment = s->partner + COMMITMENT * n;
    const int by_trust = th->trust_weights > 0.5;
    double moved[n * axes];
    double total[axes], weight[axes];
    for (long i = 0; i < n; i++) {
        const double *restrict meeting = s->pair + (MEETING * n + i) * n;
        const double *restrict trust = s->pair + (TRUST * n + i) * n;
        const double *restrict p = now + i * axes;
        for (long k = 0; k < axes; k++) {
            total[k] = p[k];
            weight[k] = 1.0;
        }
        for (long j = 0; j < n; j++) {
            if (j == i || meeting[j] <= 0.0)
                continue;
            const double by = by_trust ? trust[j] * meeting[j] * 4.0 : 1.0;
            for (long k = 0; k < axes; k++) {
                const double q = now[j * axes + k];
                const int near = fabs(q - p[k]) < th->openness;
                total[k] = near ? total[k] + by * q : total[k];
                weight[k] = near ? weight[k] + by : weight[k];
            }
        }
        for (long k = 0; k < axes; k++) {
            const double toward = th->stubbornness * first[i * axes + k]
                                  + (1.0 - th->stubbornness) * total[k] / weight[k];
            const double step = th->position_rate * (toward - p[k]);
            moved[i * axes + k] = p[k] + step + th->need_pull * commitment[i] * (need[k] - p[k]);
        }
    }
    for (long x = 0; x < n * axes; x++)
        now[x] = clamp01(moved[x]);
}

/* What i has of the partners from..to-1. */
static inline void fade(const struct theta *th, long from, long to, double *restrict trust,
                        double *restrict history, double *restrict understanding,
                        double *restrict meeting, double *restrict met)
{
    for (long j = from; j < to; j++) {
        if (met[j] < 0.5)
            trust[j] = clamp01(trust[j] + th->neglect * (th->institutional_trust - trust[j]));
        met[j] = 0.0;
        history[j] *= 1.0 - th->history_fade;
        understanding[j] *= 1.0 - th->understanding_fade;
        const double c = meeting[j];
        if (c > th->meeting_base)
            meeting[j] = c - th->contact_fade * (c - th->meeting_base);
    }
}

static void ease(const struct sizes *z, const struct theta *th, const struct state *s)
{
    const long n = z->partners, all = n * n;
    for (long i = 0; i < n; i++) {
        double *row = s->pair + i * n, *met = s->met + i * n;
        double *trust = row + TRUST * all, *history = row + HISTORY * all;
        double *understanding = row + UNDERSTANDING * all, *meeting = row + MEETING * all;
        fade(th, 0, i, trust, history, understanding, meeting, met);
        fade(th, i + 1, n, trust, history, understanding, meeting, met);
    }
    const double held = s->place[FACILITATOR];
    s->place[DEPENDENCY] = close_on(s->place[DEPENDENCY], held > 0.5 ? 0.04 : -0.1);
    const double usual = th->safety_mean * (1.0 - 0.2 * s->place[DEPENDENCY] * (1.0 - held));
    for (long i = 0; i < n; i++) {
        double *p = s->partner + i;
        const double c = p[COMMITMENT * n];
        p[COMMITMENT * n] = clamp01(c + th->commitment_drift * (th->commitment_rest - c));
        p[SAFETY * n] += th->safety_drift * (usual - p[SAFETY * n]);
        if (p[SKILL_MONTHS * n] > 0.0) {
            p[SKILL_MONTHS * n] -= 1.0;
            p[CAPABILITY * n] = close_on(p[CAPABILITY * n], 0.02);
            p[AVOIDANCE * n] = close_on(p[AVOIDANCE * n], -0.02);
            p[SAFETY * n] = close_on(p[SAFETY * n], 0.012);
        } else {
            p[CAPABILITY * n] *= 1.0 - th->capability_decay;
        }
        p[AVOIDANCE * n] += 0.02 * (th->avoidance_mean - p[AVOIDANCE * n]);
        p[CONTACT * n] *= 0.985;
        p[OBEYED * n] *= 0.985;
        if (p[REORGANISING * n] > 0.0)
            p[REORGANISING * n] -= 1.0;
    }
}

/* What a merged partner had with others is carried on by the one it was merged into. */
static void absorb(const struct sizes *z, const struct state *s)
{
    const long n = z->partners, all = n * n;
    double *joint = s->pair + JOINT * all, *floor = s->pair + JOINT_FLOOR * all;
    double *dependence = s->pair + DEPENDENCE * all;
    const double *merged = s->partner + MERGED_WITH * n;
    for (long b = 0; b < n; b++) {
        const long a = (long)merged[b] - 1;
        if (a < 0)
            continue;
        for (long k = 0; k < n; k++) {
            const long bk = b * n + k, kb = k * n + b, ak = a * n + k, ka = k * n + a;
            if (k == b || (dependence[bk] <= 0.0 && floor[bk] <= 0.0))
                continue;
            if (k != a && merged[k] <= 0.0) {
                const double own = dependence[ak], more = dependence[bk];
                const double both = own * joint[ak] + more * joint[bk];
                joint[ak] = joint[ka] = clamp01(both / (own + more > 1e-9 ? own + more : 1e-9));
                dependence[ak] = dependence[ka] = own > more ? own : more;
                floor[ak] = floor[ka] = floor[ak] > floor[bk] ? floor[ak] : floor[bk];
            }
            joint[bk] = joint[kb] = 0.0;
            dependence[bk] = dependence[kb] = 0.0;
            floor[bk] = floor[kb] = 0.0;
        }
    }
}

static void joint_working(const struct sizes *z, const struct theta *th, const struct state *s)
{
    absorb(z, s);
    const long n = z->partners, all = n * n;
    double seats = 0.0;
    for (long i = 0; i < n; i++)
        seats += s->partner[AT_TABLE * n + i];
    s->place[SEATS] = seats;
    double *restrict joint = s->pair + JOINT * all, *restrict floor = s->pair + JOINT_FLOOR * all;
    const double *restrict trust = s->pair + TRUST * all;
    const double *restrict understanding = s->pair + UNDERSTANDING * all;
    const double *restrict dependence = s->pair + DEPENDENCE * all;
    const double *restrict dispute = s->pair + DISPUTE * all;
    const double *restrict commitment = s->partner + COMMITMENT * n;
    const long form = (long)s->place[GOVERNANCE_FORM], lead = (long)s->place[LEAD];
    double strength = s->place[GOVERNANCE];
    if (form == FORM_SHARED)
        strength = strength * 8.0 / (seats > 8.0 ? seats : 8.0);
    for (long a = 0; a < n; a++) {
        for (long b = a + 1; b < n; b++) {
            const long ab = a * n + b, ba = b * n + a;
            const double rooted = floor[ab];
            if (dependence[ab] <= 0.0 && rooted <= 0.0)
                continue;
            const double trusted = least(trust[ab], trust[ba]);
            double structure = strength;
            if (form == FORM_LEAD && a != lead && b != lead)
                structure = 0.6 * structure;
            double gate;
            if (th->mandate_suffices > 0.5)
                gate = structure;
            else if (th->joint_without_trust > 0.5)
                gate = 0.5;
            else
                gate = smooth(trusted, th->joint_gate_low, th->joint_gate_high);
            const double will = sqrt(commitment[a] * commitment[b]);
            const double known = 0.35 + 0.65 * understanding[ab];
            const double reach = gate * cube_root(will * known * (0.1 + 0.9 * structure));
            const double x = joint[ab];
            double target = rooted + (1.0 - rooted) * reach;
            if (dispute[ab] > 0.0)
                target = least(x, target);
            const double rate = target > x ? 1.0 / th->integration_lag : th->joint_decay;
            joint[ab] = joint[ba] = clamp01(x + rate * (target - x));
            if (rooted > 0.0 && trusted < 0.3)
                floor[ab] = floor[ba] = rooted * 0.97;
        }
    }
}

/* Many spells of line 7, each from the same state: who met whom in a month is given. */
void live(const struct sizes *z, const struct theta *th, const double *need, const double *start,
          double *block, const struct state *s, const double *meets, long months, long spells)
{
    const long all = z->partners * z->partners;
    for (long spell = 0; spell < spells; spell++) {
        memcpy(block, start, z->block * sizeof *block);
        for (long month = 0; month < months; month++) {
            memcpy(s->met, meets + month * all, all * sizeof *meets);
            positions(z, th, need, s);
            ease(z, th, s);
            joint_working(z, th, s);
        }
    }
}

#include "internal.h"
#include <time.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
static const char *industries[] = {"agriculture", "banking", "construction", "education", "energy", "healthcare",
                                   "insurance", "logistics", "manufacturing", "media", "retail", "software"};
static const char *statuses[] = {"active", "inactive", "lead", "lost", "prospect"};
static const char *countries[] = {"AT", "BE", "CH", "CN", "DE", "DK", "ES", "FR", "GB", "IT", "JP", "NL", "US"};
static const char *cities[] = {"Amsterdam", "Barcelona", "Berlin", "Bern", "Brussels", "London", "Madrid",
                               "Milan", "New York", "Paris", "Shanghai", "Stockholm", "Vienna", "Warsaw"};
static const char *words[] = {"Acme", "Blue", "Castle", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Iron",
                              "Jade", "Keystone", "Lumen", "Mercury", "North", "Orchid", "Pioneer", "Quartz",
                              "River", "Summit", "Timber", "Union", "Vertex", "Willow", "Xenon", "Yellow", "Zephyr"};
static const char *suffixes[] = {"GmbH", "Ltd", "Inc", "SA", "BV", "AG", "Group", "Holding"};

// SplitMix64: well spread bits for every number.
uint64_t bench_mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

const char *bench_status(int index) { return statuses[(unsigned)index % COUNT(statuses)]; }

void bench_row(BenchRow *r, uint64_t i) {
  uint64_t a = bench_mix(i), b = bench_mix(a), c = bench_mix(b);
  const char *first = words[a % COUNT(words)], *second = words[(a >> 8) % COUNT(words)];
  snprintf(r->code, sizeof r->code, "C-%07d", (int)i);
  snprintf(r->name, sizeof r->name, "%s %s %s %d", first, second, suffixes[(a >> 16) % COUNT(suffixes)],
           (int)((a >> 40) % 100000));
  snprintf(r->email, sizeof r->email, "info%d@%s-%s.example", (int)i, first, second);
  snprintf(r->phone, sizeof r->phone, "+49 30 %07d", (int)(b % 10000000));
  snprintf(r->website, sizeof r->website, "https://www.%s-%s-%d.example", first, second, (int)(b >> 44));
  snprintf(r->street, sizeof r->street, "%s Street %d", second, (int)((b >> 20) % 300 + 1));
  snprintf(r->postcode, sizeof r->postcode, "%05d", (int)((b >> 30) % 100000));
  r->industry = industries[(b >> 8) % COUNT(industries)];
  r->status = statuses[(b >> 12) % COUNT(statuses)];
  r->country = countries[(c >> 4) % COUNT(countries)];
  r->city = cities[(c >> 12) % COUNT(cities)];
  snprintf(r->notes, sizeof r->notes, "Met at the %s fair; asked for an offer on %s parts, follow up in week %d.",
           r->city, second, (int)((c >> 50) % 52 + 1));
  time_t seconds = 1767225600 + (time_t)(c >> 8) % (365 * 86400);
  struct tm day;
  gmtime_r(&seconds, &day);
  strftime(r->at, sizeof r->at, "%Y-%m-%dT%H:%M:%SZ", &day);
  r->at_milliseconds = (int64_t)seconds * 1000;
  r->owner = (int)((a >> 24) % 50) + 1;
  r->employees = (int)((a >> 32) % 5000);
  r->rating = (int)((c >> 20) % 5) + 1;
  r->active = (int)((c >> 28) & 1);
  r->revenue_cents = (int64_t)(b % 100000000);
  r->credit_cents = (int64_t)(c % 1000000);
}

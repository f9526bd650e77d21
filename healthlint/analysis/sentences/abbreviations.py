"""Abbreviations, and the words that open sentences: what tells a full stop that ends a sentence from one that does not.

All entries are lower case and without their last full stop.
"""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A sentence practically never ends after these: something always follows.
NEVER_LAST = _set(
    """
    ps p.s n.b pvt dr mr mrs ms mx messrs prof assoc asst hon rev fr gen col maj capt lt sgt cmdr adm gov sen rep pres
    e.g eg i.e ie viz cf vs v approx ca c incl excl esp resp est al.eg
    fig figs eq eqs ref refs tab tbl sec sect ch chap vol vols pt pp p para no nos nr ed eds suppl
    jan feb mar apr jun jul aug sep sept oct nov dec
    dept univ natl intl assn tel ext
    """
)

# These only abbreviate before a figure ("No. 5", "Fig. 2", "p. 41", "May 3"): before a word they are words.
BEFORE_FIGURE = _set(
    "no nos nr fig figs eq eqs ref refs tab tbl sec sect ch chap vol vols pt pp p para ed art dec mar jan feb apr jun "
    "jul aug sep sept oct nov ca c est"
)

# These may close a sentence as well; what follows decides.
PERHAPS_LAST = _set(
    """
    etc al inc ltd co corp llc plc bros jr sr esq ph.d phd m.d md d.o r.n b.sc m.sc b.a m.a d.d.s dds m.p.h
    a.m p.m u.s u.k u.n e.u u.s.a d.c n.y l.a b.c a.d b.i.d t.i.d q.i.d q.d p.o p.r.n spp sp subsp var ser misc hosp
    rx tx dx hx sx temp max min avg wt ht mon tue tues wed thu thur thurs fri
    """
)

# Streets and saints: "5 Main St. It is open", but "St. Mary's".
PLACES = _set("st ste mt ave blvd rd")

# Abbreviations in capitals as well; others are names of illnesses then (MS, ED, CF).
SHOUTED = _set("ps dr mr mrs pvt prof rev st")

# One letter after these is a name of its own and may end a sentence: "vitamin C. Iron …".
LETTERED = _set(
    "vitamin vitamins hepatitis hep group type grade stage factor plan option part class schedule category influenza "
    "strain protein apolipoprotein immunoglobulin streptococcus step point appendix table figure"
)

# Units of measure: abbreviations only after a figure ("5 in."); else many of them are words ("came in.").
UNITS = _set(
    """
    mg mcg ug µg g kg ml mml l dl cl mm cm m km oz lb lbs fl ft in yd tsp tsps tbsp tbsps gal qt mol mmol kcal cal kj iu
    sec secs min mins hr hrs h d wk wks mo mos yr yrs y am pm a.m p.m
    """
)

# Frequent first words of a sentence. After an initialism ("in the U.S. The trial …") they show that a sentence begins.
STARTERS = _set(
    """
    a about above according after again all also although always an and another any anyone are as ask at avoid
    because before being between both but by call can check could did do does don't during each eat either even
    every everyone find finally first following for from further get give go had has have he her here his how
    however i i'm i've if in instead is it it's its just keep last later learn like many may maybe more most much my
    never next no nobody none not nothing now of often on once one only or other others our out over overall people
    perhaps please read researchers see several she should since so some someone sometimes soon speak start stop
    such symptoms take talk tell than that that's the their them then there there's therefore these they they're
    this those though three through thus to together treatment try two under unless until up use usually very was we
    we're were what when where whether which while who whoever why will with within without women would yes yet you
    you'll you're you've your
    """
)

# The few that practically never carry a capital inside a sentence: one of them after a lower-case word and before
# another shows that a full stop was forgotten.
STRONG_STARTERS = _set(
    "They They're They'll It It's This These Those There There's If We He She Please Don't However You You're"
)

# A web address is part of the sentence after one of these: "see …", "on the website …".
ADDRESS_TAKERS = _set(
    """
    a about address and at below by click contact follow from go here in is link links of on online open or page read
    see site than the this to under use using via view visit website with
    """
)

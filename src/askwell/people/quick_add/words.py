"""The closed lists of reading a pasted text: job words, legal forms, labels, joiners, in eight languages.

All are folded (see ``search.text.fold``).  A word is here only if it can hardly be anything else in
a signature: a family name that is also a trade (Baker, Petit, Charpentier) is not.
"""

from __future__ import annotations

import re

from askwell.search.text import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# -- jobs ---------------------------------------------------------------------------------------------
TITLES = _set(
    """
    engineer manager director head lead chief officer president vp svp evp ceo cto cfo coo cmo cio chro
    founder
    cofounder owner partner analyst consultant designer developer scientist researcher professor
    lecturer teacher nurse doctor physician surgeon lawyer attorney counsel recruiter associate assistant
    coordinator specialist strategist architect editor writer journalist reporter producer student intern
    fellow
    principal senior junior sr jr pm po product project program programme marketing sales finance
    accountant advisor adviser agent broker buyer planner representative executive administrator
    supervisor technician chair chairman chairwoman chairperson dean curator librarian operations hr people
    talent data software research therapist pharmacist dentist paralegal electrician plumber freelancer
    freelance trainee apprentice secretary treasurer receptionist translator photographer investor economist
    statistician biologist chemist physicist psychologist postdoc programmer administrator auditor trader
    vorstand inhaber inhaberin prokurist prokuristin arzt arztin werkstudent werkstudentin assistenz
    lehrstuhlinhaber lehrstuhlinhaberin lehrer lehrerin vorsitzende vorsitzender referent referentin
    berater beraterin
    leiter leiterin leitung redakteur redakteurin ingenieur ingenieurin anwalt anwaltin notar notarin pfarrer
    buchhalter buchhalterin einkaufer einkauferin azubi auszubildende auszubildender praktikant praktikantin
    pflegefachfrau pflegefachmann krankenpfleger krankenschwester apotheker apothekerin dozent dozentin
    schulleiter meister meisterin gesellschafter gesellschafterin freiberufler freiberuflerin selbststandig
    chef cheffe pdg drh dsi daf gerant gerante medecin avocat avocate notaire comptable graphiste infirmier
    infirmiere etudiant etudiante stagiaire charge chargee adjoint adjointe attache attachee vendeur vendeuse
    acheteur acheteuse redacteur redactrice enseignant enseignante professeur professeure formateur
    formatrice maitre independant
    independante juriste economiste pharmacien pharmacienne cadre
    jefe jefa abogado abogada contador contadora medico medica enfermero enfermera periodista autonomo
    autonoma
    tecnico tecnica asesor asesora socio socia profesor profesora maestro maestra investigador investigadora
    disenador disenadora estudiante becario becaria vendedor vendedora comprador compradora notario secretario
    secretaria encargado encargada gestor gestora presidente presidenta dueno duena propietario propietaria
    chefe advogado advogada jornalista enfermeiro enfermeira estagiario estagiaria professora desenvolvedor
    desenvolvedora autonoma socia pesquisador pesquisadora assessor assessora contabilista psicologo psicologa
    capo direttore direttrice avvocato avvocata medica infermiere infermiera giornalista impiegato impiegata
    editore editrice grafico grafica ricercatore ricercatrice sviluppatore sviluppatrice dirigente titolare
    commercialista architetto architetta ingegnere amministratore amministratrice dottorando dottoranda
    studente
    studentessa tirocinante professore professoressa docente preside notaio geometra farmacista
    prezes wiceprezes lekarz lekarka adwokat adwokatka radca ksiegowy ksiegowa redaktor redaktorka inspektor
    inspektorka inzynier programista programistka graficzka grafik pielegniarz pielegniarka doradca doradczyni
    rekruter rekruterka asystent asystentka profesor wykladowca nauczyciel nauczycielka dziennikarz
    dziennikarka
    wlasciciel wlascicielka wspolnik student studentka stazysta stazystka psycholog prawnik prawniczka
    notariusz
    """
)
TITLE_STEMS = _words("""
    geschaftsfuhr projektleit teamleit abteilungsleit bereichsleit produktmanag personalreferent
    vertrieb rechtsanw steuerberat softwareentwickl wissenschaftl sachbearbeit oberarzt chefarzt assistenzarzt
    directeur directrice ingenieur developpeu responsab consultant conseill coordinat coordina
    ingenier ingenio director gerent analist desarrollador responsavel engenheir diretor coordenador
    supervisor consultor recrutador reclutador arquitect arquitet administrador programador especialist
    responsabil ingegner consulent coordinatric direttor analista sviluppator
    kierowni dyrektor specjalist koordynator menedzer manager analityk architekt handlowiec konsultant
    rekruterk przewodnicz naczelni
    """)
TITLE_ENDS = _words("""
    leiter leiterin berater beraterin entwickler entwicklerin ingenieur ingenieurin referent referentin
    anwalt anwaltin manager managerin fuhrer fuhrerin redakteur redakteurin arzt arztin
    assistent assistentin techniker technikerin forscher forscherin recruiter recruiterin trainer trainerin
    architekt architektin beauftragter beauftragte sprecher sprecherin kaufmann kauffrau verwalter verwalterin
    """)
TITLES_UNSPACED = _words("""
    部長 課長 係長 社長 会長 室長 所長 院長 店長 局長 次長 本部長
    取締役 執行役員 監査役 理事 教授 講師 弁護士 税理士
    会計士 司法書士 行政書士 建築士 医師 看護師 薬剤師 記者 編集者 編集長 主任 主査
    主幹 研究員 研究者 デザイナー エンジニア
    マネージャー マネジャー コンサルタント ディレクター プロデューサー プランナー アナリスト アドバイザー
    リーダー ライター
    プログラマー アーキテクト 司書 学生 院生 採用担当 人事担当 営業担当 広報担当 秘書 代表 担当者
    教師 教諭 技師 通訳 翻訳者
    总经理 经理 总监 工程师 主管 教授 律师 医生 记者 设计师
    """)
# A name may hold these: Dean Lead is nobody's job.
NAME_TOO = _set(
    "dean lead head partner people pm sr jr chef maitre professor prof doctor profesor maestro meister"
)
# Of a field, not of a job: alone in the name of a place of work they are no title.
WEAK = _set(
    "pm po product project program programme marketing sales finance operations hr people talent"
    " data software research principal senior junior associate"
)
# Spelled the same as a job, but only about the work of others.
DEPARTMENT = re.compile(
    r"^(?:department|dept|division|school|faculty|institute|office|team|chair) (?:of|for)\b"
    r"|^(?:abteilung|bereich|fachbereich|fakultat|institut fur|lehrstuhl fur|raum|referat|stabsstelle)\b"
    r"|^(?:service|faculte|departement|departamento|depto|area|facultad|faculdade|setor|direccion de"
    r"|secretaria de|"
    r"dipartimento|facolta|ufficio|reparto|settore|wydzial|dzial|katedra|zaklad|biuro obslugi|"
    r"direction|pole|ufr|laboratoire)\b"
    r"|\b(?:department|dept|division|unit)\.?$"
)
DEPARTMENT_UNSPACED = re.compile(r"(?:部|課|科|室|係|学部|研究科|事業部|グループ|チーム|支店|支社)$")

# -- places of work -----------------------------------------------------------------------------------
LEGAL = re.compile(
    r"(?<![\w.])(?:inc|llc|llp|ltd|plc|corp|co|gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|ev|eg|se|mbb|partg|sarl|sas"
    r"|sasu|eurl|"
    r"snc|scop|s\.?a|s\.?l|s\.?l\.?u|s\.a\. de c\.v|s\.?c|ltda|lda|me|eireli|s\.?p\.?a|s\.?r\.?l|s\.?n\.?c|"
    r"sp\.? ?z ?o\.? ?o|sp\.? ?k|sp\.? ?j|k\.k|oy|ab|as|a/s|nv|bv|pty)\.?(?![\w])"
)
SURE_LEGAL = re.compile(
    r"(?<![\w.])(?:inc|llc|llp|ltd|plc|corp|gmbh|mbh|kg|kgaa|ohg|gbr|mbb|sarl|sas|sasu|eurl|ltda|lda|eireli|"
    r"s\.p\.a|s\.r\.l|srl|spa|sp\.? ?z ?o\.? ?o|k\.k|s\.a|s\.l|s\.l\.u)\.?(?![\w])"
)
ORGANIZATIONS = _set(
    """
    company university college school institute bank group labs studio hospital foundation agency
    partners consulting solutions systems technologies analytics museum clinic ministry council trust
    insurance
    holding holdings association society press publishing academy laboratories robotics software capital
    ventures
    universitat hochschule fachhochschule klinikum klinik krankenhaus spital stiftung verlag verein stadtwerke
    sparkasse kanzlei autohaus akademie gesellschaft institut amt ministerium werke verband
    universite hopital clinique ecole lycee college mairie cabinet groupe societe association banque fondation
    atelier maison etude imprimerie editions ministere agence institut
    universidad hospital colegio escuela ayuntamiento banco fundacion grupo bufete estudio instituto clinica
    editorial ministerio agencia asociacion despacho comercial transportes cooperativa
    universidade escola escritorio fundacao estudio construtora camara prefeitura clinica agencia ministerio
    associacao vinhos consultoria
    universita ospedale scuola liceo banca fondazione comune studio officine cantine istituto clinica azienda
    ministero cooperativa associazione agenzia trasporti consulenze
    uniwersytet politechnika szpital szkola bank fundacja urzad kancelaria biuro klinika instytut wydawnictwo
    centrum przychodnia stowarzyszenie liceum przedsiebiorstwo spoldzielnia zaklady
    """
)
ORGANIZATION_ENDS = (
    "werke",
    "verlag",
    "klinikum",
    "stiftung",
    "kanzlei",
    "universitat",
    "hochschule",
    "ministerium",
)
ORGANIZATIONS_UNSPACED = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|[(（]株[)）]|㈱|㈲|大学|病院|銀行|研究所|事務所|法人|新聞社|協会|財団|学校|商事|"
    r"出版|工業|製作所|市役所|区役所|県庁|省$|公司|集团|医院|學院|学院|クリニック|ホールディングス|スタジオ"
)

# -- what only introduces or ends ------------------------------------------------------------------------
FAX = re.compile(r"(?:tele)?fax|faks|telecopie|f|ファックス|ファクス|telecopieur")
LABELS = _set(
    """
    e-mail email mail e phone tel telephone telefon mobile mob cell m p t o d c f w direct office work home
    main
    web website www linkedin url fon handy mobil durchwahl tfn tfno fono telefono movil celular cel
    telephone port
    portable standard ligne directe fixe telemovel whatsapp cellulare diretto kom komorka infolinia oficina
    courriel
    correo email mel site sitio homepage webseite skype telefonnummer rufnummer phone: contact kontakt
    tel.kom tlf telf switchboard landline zentrale buro privat geschaftlich tel.direct secretariat
    電話 携帯 携帯電話 直通 代表 メール eメール 住所 ファックス お問い合わせ tel/fax 電話番号 mailto from
    """
)
SIGN_OFF = re.compile(
    r"^\W*(?:"
    r"best(?: regards| wishes)?|kind(?:est)? regards|warm(?:est)? regards|with best wishes|regards|thanks"
    r"|thank you|many thanks|thanks again|cheers|sincerely|yours(?: \w+)?|all the best|sent from my \w+"
    r"|mit (?:freundlichen|herzlichen|besten) gr\S+|(?:viele|liebe|beste|herzliche|schone|freundliche) gr\S+"
    r"(?: aus \w+)?|lg|vg|mfg|gruss|visitenkarte|kontakt|contact|von meinem \w+ gesendet"
    r"|(?:bien )?cordialement|bien a vous|a bientot|bonne (?:journee|soiree|reception)|sinceres salutations"
    r"|salutations(?: distinguees)?|envoye de mon \w+|merci|amicalement"
    r"|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|atentamente|atte|gracias|enviado desde mi \w+"
    r"|un abrazo"
    r"|atenciosamente|com os melhores cumprimentos|(?:melhores )?cumprimentos|abracos?|obrigad[oa]"
    r"|enviado do meu \w+|att"
    r"|(?:cordiali|distinti|cari) saluti|un caro saluto|saluti|grazie(?: mille)?|inviato da(?:l mio)? \w+"
    r"|z powazaniem|pozdrawiam(?: serdecznie)?|pozdrowienia|z wyrazami szacunku|dziekuje|wyslane z \S+"
    r"|よろしくお願い(?:いた|致)?(?:し|しま)?す?(?:ます)?|お世話になっております|敬具|以上|署名|宜しくお願いいたします"
    r")\W*$"
)
LEGAL_LINE = re.compile(
    r"\b(?:amtsgericht|handelsregister|hrb \d|hra \d|geschaftsfuhrer(?:in)?:|geschaftsfuhrung:"
    r"|sitz der gesellschaft"
    r"|ust-?id|steuernummer|vorsitzender des aufsichtsrat|siret|siren|rcs |tva |p\. ?iva|partita iva|c\.f\.|"
    r"codice fiscale|cnpj|nif\b|nipc|cif:?|rfc:|nit:|contribuinte|nip\b|regon|krs\b|vat (?:no|id|reg)"
    r"|registered in"
    r"|company (?:no|number)|confidential|vertraulich|confidentiel|confidencial|riservat|poufn"
    r"|intended for the"
    r"|consider the environment|disclaimer|before printing)"
)

# -- sentences ---------------------------------------------------------------------------------------------
VERB = re.compile(
    r"\b(?:(?:i|we)\s+)?(?:just\s+)?(?:met(?: up)?(?: with)?|spoke (?:with|to)|talked (?:with|to)|ran into"
    r"|(?:had )?(?:coffee|lunch|a call|a chat|dinner) with|chatted with|bumped into)\b"
    r"|\b(?:(?:ich )?habe\b)|\b(?:getroffen|kennengelernt|kennen gelernt|telefoniert|gesprochen)\b"
    r"|\b(?:j['’]ai |je )?(?:rencontré(?: avec)?|croisé|discuté avec|parlé (?:avec|à)"
    r"|fait la connaissance de)(?!\w)"
    r"|\b(?:conocí a|hablé con|me (?:encontré|reuní) con|coincidí con|conheci|falei com|encontrei"
    r"|conversei com)(?!\w)"
    r"|\b(?:ho )?(?:conosciuto|incontrato|parlato con)\b"
    r"|\b(?:poznałe?[ma]m?|poznałam|spotkałe?m|spotkałam|rozmawiałe?m z|rozmawiałam z)(?!\w)",
    re.IGNORECASE,
)
GERMAN_VERB = re.compile(r"\b(?:habe|getroffen|kennengelernt|telefoniert|gesprochen)\b", re.IGNORECASE)
VENUE = re.compile(
    r"(?:at|during|in|on|through|via|auf (?:der|dem|einer|einem)|beim|bei (?:der|dem|einer|einem)|am|im"
    r"|in der|über"
    r"|au|aux|à (?:la|l['’]|une?)|lors (?:de|du|d['’])|pendant|en (?:el|la|los|las|una?)|durante"
    r"|no|na|nos|nas|num|numa|al|alla|allo|ai|agli|alle|all['’]|in una?|à|w|we|na|podczas|przez)",
    re.IGNORECASE,
)
# Before a place of work, after a job.
JOINER = re.compile(
    r"\s+(?:at|@|bei(?: der| dem)?|beim|chez|with|presso|en|em|na|no|w|we|à|für|dla|da)\s+", re.IGNORECASE
)
FROM = re.compile(
    r"(?:from|of|who works (?:at|for)|works (?:at|for)|von(?: der)?|de chez|de|da|od|z|arbeitet bei)\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
SMALL = _set(
    """
    de la le les du des d l of the and for fur und von van der den zum zur et a au aux y e i el los las del
    da do
    dos das di della dei degli delle del al alla w we z ze na bei am im in an auf to o of & con com para
    per sur sous
    ds en em the
    """
)
STREET = re.compile(
    r"(?:^|\b)(?:\w*(?:strasse|str\.|gasse|allee|platz|weg|ufer|damm)\s+\d|rue|avenue|av\.?|boulevard|bd|"
    r"place|impasse|chemin|quai|za|zi|street|st\.?$|road|rd|lane|drive|suite|floor|house,|square|calle|c/"
    r"|plaza|"
    r"paseo|carrera|avenida|rua|travessa|praca|largo|via|viale|piazza|corso|ul\.|ulica|al\.|aleja|plac"
    r"|pl\.|os\.|"
    r"postfach|p\.?o\.? box|apartado|caixa postal|skr\. poczt)(?=\W|$)"
)
HONOUR = re.compile(
    r"^(?:(?:dr|dra|prof|profa|pr|dott\.?ssa|dott|dipl\.?-?ing|ing|eng|eng\.?[oaº]|arch|lic|avv|maitre|me"
    r"|mgr|inz|hab"
    r"|med|sig|sig\.?ra|mr|mrs|ms|herr|frau|m|mme|sr|sra|d|dona|pan|pani|i\. ?a|i\. ?v|ppa)\.?º?\s+)+",
    re.IGNORECASE,
)
# No part of a name by which one is called or sorted.
UNSHOWN = re.compile(
    r"^(?:(?:dipl\.?-?ing|ing|eng|eng\.?[oaº]|arch|lic|maître|maitre|mgr|inż|hab|dott\.?ssa|dott|i\. ?a"
    r"|i\. ?v|ppa)"
    r"(?:\.º?|º|(?=\s))\s*)+",
    re.IGNORECASE,
)


def is_title(piece: str) -> bool:
    """Say whether a job word stands in it."""
    if any(word in piece for word in TITLES_UNSPACED):
        return True
    words = re.split(r"[\W_]+", fold(piece))
    return any(
        word in TITLES or word.startswith(TITLE_STEMS) or word.endswith(TITLE_ENDS) for word in words if word
    )


def is_job(piece: str) -> bool:
    """Say whether it is a title and no place of work: ``Software Engineer``, not ``Research Institute``."""
    if not is_title(piece) or is_department(piece):
        return False
    words = [word for word in re.split(r"[\W_]+", fold(piece)) if word]
    if ORGANIZATIONS_UNSPACED.search(piece) or SURE_LEGAL.search(fold(piece)):
        return False
    strong = any(word not in WEAK and is_title(word) for word in (*words[:1], *words[-1:]))
    return strong or not is_organization(piece)


def is_organization(piece: str) -> bool:
    """Say whether a legal form or a word for a place of work stands in it."""
    if ORGANIZATIONS_UNSPACED.search(piece):
        return True
    folded = fold(piece)
    words = re.split(r"[\W_]+", folded)
    return bool(
        SURE_LEGAL.search(folded)
        or (len(words) > 1 and re.search(rf"\s{LEGAL.pattern}$", folded))
        or any(word in ORGANIZATIONS or word.endswith(ORGANIZATION_ENDS) for word in words if word)
    )


def is_department(piece: str) -> bool:
    """Say whether it names a part of a place of work."""
    return bool(DEPARTMENT.search(fold(piece)) or DEPARTMENT_UNSPACED.search(piece))

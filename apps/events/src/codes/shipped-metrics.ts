import { type CodeLine } from './code-line';

export const metricCodes: readonly (readonly CodeLine[])[] = [
  [
    ['metrics', 'Metrics', '指标', '지표', '指標'],
    ['registered', 'Registered', '报名人数', '등록', '登録数'],
    ['checkedIn', 'Checked in', '签到人数', '입장', '入場数'],
    ['participants', 'Participants', '参会人数', '참가자', '参加者数'],
    ['projects', 'Projects signed', '签约项目', '체결 사업', '調印案件数'],
    ['investment', 'Investment', '投资额', '투자액', '投資額'],
    ['businessVolume', 'Business volume', '成交额', '거래액', '取引額'],
    ['agreements', 'Agreements signed', '签署协议', '체결 협정', '調印合意数'],
    ['editions', 'Editions held', '届次', '개최 횟수', '開催回数'],
    ['enterprises', 'Enterprises', '企业数', '기업 수', '企業数'],
    ['exhibitors', 'Exhibitors', '参展商数', '참가업체 수', '出展者数'],
  ],
  [
    ['industries', 'Industries', '产业', '산업', '産業'],
    ['automobiles', 'Automobiles', '汽车', '자동차', '自動車'],
    ['newEnergy', 'New energy equipment', '新能源装备', '신에너지 장비', '新エネルギー設備'],
    ['electronicInformation', 'Electronic information', '电子信息', '전자정보', '電子情報'],
    ['smartManufacturing', 'Smart manufacturing', '智能制造', '스마트 제조', 'スマート製造'],
    ['modernServices', 'Modern services', '现代服务业', '현대 서비스업', '現代サービス業'],
    ['agriculture', 'Agriculture', '农业', '농업', '農業'],
    ['crossBorderCommerce', 'Cross-border e-commerce', '跨境电商', '국경 간 전자상거래', '越境EC'],
    ['biomedicine', 'Biomedicine', '生物医药', '바이오의약', 'バイオ医薬'],
  ],
];
